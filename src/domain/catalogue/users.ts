/**
 * Changes to users, their passwords, accounts and memberships: rows of code, short name and category. Codes are those
 * of Auth0's Log Event Type Codes page and of its published log schemas; a comment marks the ones only older versions
 * of that page list.
 */
export const userEvents = [
  ['scp', 'Password changed', 'password-change'],
  ['fcp', 'Failed password change', 'password-change'],
  ['scpr', 'Password change requested', 'password-change'],
  ['fcpr', 'Failed password change request', 'password-change'],
  // Older versions of the page.
  ['scph', 'Post-change-password hook ran', 'password-change'],

  ['sv', 'E-mail address verified', 'email-verification'],
  ['fv', 'Failed verification e-mail', 'email-verification'],
  ['svr', 'Verification e-mail requested', 'email-verification'],
  ['fvr', 'Failed verification e-mail request', 'email-verification'],
  ['gd_send_email_verification', 'E-mail verification sent', 'email-verification'],
  ['gd_send_email_verification_failure', 'E-mail verification not sent', 'email-verification'],
  ['gd_auth_email_verification', 'E-mail verification confirmed', 'email-verification'],
  ['gd_auth_fail_email_verification', 'Failed e-mail verification', 'email-verification'],

  ['sce', 'E-mail address changed', 'user-management'],
  ['fce', 'Failed e-mail address change', 'user-management'],
  ['scu', 'Username changed', 'user-management'],
  ['fcu', 'Failed username change', 'user-management'],
  ['scpn', 'Phone number changed', 'user-management'],
  ['fcpn', 'Failed phone number change', 'user-management'],
  ['sdu', 'User deleted', 'user-management'],
  ['fdu', 'Failed user deletion', 'user-management'],
  ['sui', 'Users imported', 'user-management'],
  ['fui', 'Failed user import', 'user-management'],
  // Older versions of the page, beside sdu.
  ['du', 'User removed', 'user-management'],

  ['connected_accounts_connection_succeeded', 'Third-party account connected', 'connected-accounts'],
  ['connected_accounts_connection_failed', 'Failed third-party account connection', 'connected-accounts'],
  ['connected_accounts_delete_succeeded', 'Third-party account disconnected', 'connected-accounts'],
  ['connected_accounts_delete_failed', 'Failed third-party account removal', 'connected-accounts'],

  ['si', 'Invitation accepted', 'organization'],
  ['fi', 'Failed invitation acceptance', 'organization'],
  ['organization_member_added', 'Organization member added', 'organization'],
] as const;
