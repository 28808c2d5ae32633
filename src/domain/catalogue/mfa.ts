/**
 * Second factors: rows of code, short name and category. Codes are those of Auth0's Log Event Type Codes page and of
 * its published log schemas; a comment marks the ones only older versions of that page list.
 */
export const mfaEvents = [
  ['mfar', 'Second factor required', 'mfa-challenge'],
  ['gd_start_auth', 'MFA challenge started', 'mfa-challenge'],
  ['gd_send_email', 'MFA e-mail sent', 'mfa-challenge'],
  ['gd_send_email_failure', 'MFA e-mail not sent', 'mfa-challenge'],
  ['gd_send_pn', 'MFA push notification sent', 'mfa-challenge'],
  ['gd_send_pn_failure', 'MFA push notification not sent', 'mfa-challenge'],
  ['gd_send_sms', 'MFA text message sent', 'mfa-challenge'],
  ['gd_send_sms_failure', 'MFA text message not sent', 'mfa-challenge'],
  ['gd_send_voice', 'MFA voice call made', 'mfa-challenge'],
  ['gd_send_voice_failure', 'MFA voice call not made', 'mfa-challenge'],

  ['gd_auth_succeed', 'Successful MFA', 'mfa-success'],
  ['gd_recovery_succeed', 'Successful MFA with recovery code', 'mfa-success'],

  ['gd_auth_failed', 'Failed MFA', 'mfa-failure'],
  ['gd_auth_rejected', 'MFA push rejected by user', 'mfa-failure'],
  ['gd_otp_rate_limit_exceed', 'MFA attempt limit reached', 'mfa-failure'],
  ['gd_recovery_failed', 'Wrong MFA recovery code', 'mfa-failure'],
  ['gd_recovery_rate_limit_exceed', 'Recovery code attempt limit reached', 'mfa-failure'],
  ['gd_webauthn_challenge_failed', 'Failed WebAuthn challenge', 'mfa-failure'],

  ['gd_start_enroll', 'MFA enrollment started', 'mfa-enrollment'],
  ['gd_start_enroll_failed', 'MFA enrollment could not start', 'mfa-enrollment'],
  ['gd_enrollment_complete', 'MFA enrollment completed', 'mfa-enrollment'],
  ['gd_unenroll', 'MFA device removed', 'mfa-enrollment'],
  ['gd_update_device_account', 'MFA device updated', 'mfa-enrollment'],
  ['gd_webauthn_enrollment_failed', 'Failed WebAuthn enrollment', 'mfa-enrollment'],
  ['my_account_authentication_method_failed', 'Failed authentication method change', 'mfa-enrollment'],
  ['my_account_authentication_method_succeeded', 'Authentication method changed by user', 'mfa-enrollment'],
  ['too_many_records', 'Too many authenticators enrolled', 'mfa-enrollment'],
  // Older versions of the page.
  ['gd_user_delete', 'MFA user deleted', 'mfa-enrollment'],
] as const;
