/**
 * The tenant itself, its configuration, extensions and directories: rows of code, short name and category. Codes are
 * those of Auth0's Log Event Type Codes page, its tenant log catalog and its published log schemas; a comment marks the
 * ones only older versions of that page list.
 */
export const tenantEvents = [
  ['sapi', 'Management API change', 'management-api'],
  ['mgmt_api_read', 'Secret read through Management API', 'management-api'],
  ['gd_tenant_update', 'MFA tenant settings updated', 'management-api'],
  ['gd_email_settings_update', 'MFA e-mail settings updated', 'management-api'],
  ['gd_phone_settings_update', 'MFA phone settings updated', 'management-api'],
  ['kms_key_management_success', 'Encryption key operation', 'management-api'],
  ['kms_key_management_failure', 'Failed encryption key operation', 'management-api'],
  ['kms_key_state_changed', 'Encryption key state changed', 'management-api'],
  // Older versions of the page.
  ['fapi', 'Failed Management API change', 'management-api'],
  ['gd_module_switch', 'MFA module switched', 'management-api'],

  ['actions_execution_failed', 'Failed Action', 'extensibility-failure'],
  ['fcph', 'Failed post-change-password hook', 'extensibility-failure'],
  ['flows_execution_failed', 'Failed flow', 'extensibility-failure'],
  ['forms_submission_failed', 'Failed form submission', 'extensibility-failure'],
  ['fpurh', 'Failed post-registration hook', 'extensibility-failure'],

  ['sscim', 'SCIM operation succeeded', 'directory-success'],
  ['directory_sync_started', 'Directory sync started', 'directory-success'],
  ['directory_sync_completed', 'Directory sync completed', 'directory-success'],
  ['ss_sso_success', 'Self-service SSO change', 'directory-success'],
  ['ss_sso_info', 'Self-service SSO progress', 'directory-success'],
  // Older versions of the page.
  ['con', 'AD/LDAP connector online', 'directory-success'],

  ['fscim', 'Failed SCIM operation', 'directory-failure'],
  ['directory_sync_failed', 'Failed directory sync', 'directory-failure'],
  ['fcpro', 'Failed AD/LDAP connector provisioning', 'directory-failure'],
  ['ss_sso_failure', 'Failed self-service SSO change', 'directory-failure'],
  // Older versions of the page.
  ['coff', 'AD/LDAP connector offline', 'directory-failure'],

  ['w', 'Warning during login', 'warning'],
  ['wum', 'Warning during user management', 'warning'],
  ['wn', 'Warning while sending notification', 'warning'],
  ['fn', 'Failed notification', 'warning'],

  ['depnote', 'Deprecation notice', 'system'],
  ['acul_sdk_notice', 'Universal Login SDK notice', 'system'],
  ['custom_domain_verification_failed', 'Failed custom domain verification', 'system'],
  // Older versions of the page, for the Private Cloud only.
  ['admin_update_launch', 'Auth0 update launched', 'system'],
  ['sys_update_start', 'Auth0 update started', 'system'],
  ['sys_update_end', 'Auth0 update ended', 'system'],
  ['sys_os_update_start', 'Auth0 OS update started', 'system'],
  ['sys_os_update_end', 'Auth0 OS update ended', 'system'],
] as const;
