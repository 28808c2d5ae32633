/**
 * Log-ins, sign-ups and log-outs: rows of code, short name and category. Codes are those of Auth0's Log Event Type
 * Codes page and of its published log schemas.
 */
export const authenticationEvents = [
  ['s', 'Successful login', 'login-success'],
  ['scoa', 'Successful cross-origin login', 'login-success'],
  ['sdel', 'Successful delegated login', 'login-success'],
  ['sens', 'Successful native social login', 'login-success'],

  ['f', 'Failed login', 'login-failure'],
  ['fp', 'Failed login, wrong password', 'login-failure'],
  ['fu', 'Failed login, unknown user', 'login-failure'],
  ['fc', 'Failed login through a connector', 'login-failure'],
  ['fco', 'Login origin not allowed', 'login-failure'],
  ['fcoa', 'Failed cross-origin login', 'login-failure'],
  ['fens', 'Failed native social login', 'login-failure'],
  ['passkey_challenge_failed', 'Failed passkey challenge', 'login-failure'],

  ['ciba_start_failed', 'Backchannel login request failed', 'login-flow'],
  ['ciba_start_succeeded', 'Backchannel login requested', 'login-flow'],
  ['flows_execution_completed', 'Flow completed', 'login-flow'],
  ['forms_submission_succeeded', 'Form submitted', 'login-flow'],
  ['fpar', 'Failed pushed authorization request', 'login-flow'],
  ['passkey_challenge_started', 'Passkey challenge started', 'login-flow'],
  ['passkey_register_started', 'Passkey sign-up started', 'login-flow'],
  ['pla', 'Pre-login bot assessment', 'login-flow'],
  ['rich_consents_access_error', 'Consent record could not be read', 'login-flow'],
  ['scv', 'Credentials accepted', 'login-flow'],

  ['fdeac', 'Failed device activation', 'device-flow'],
  ['fdeaz', 'Failed device authorization request', 'device-flow'],
  ['fdecc', 'Device confirmation canceled by user', 'device-flow'],

  ['ssa', 'Successful silent authentication', 'silent-auth'],
  ['fsa', 'Failed silent authentication', 'silent-auth'],
  ['sdelsa', 'Successful delegated silent authentication', 'silent-auth'],
  ['fdelsa', 'Failed delegated silent authentication', 'silent-auth'],

  ['cs', 'Passwordless code sent', 'passwordless'],
  ['cls', 'Passwordless code or link sent', 'passwordless'],

  ['ss', 'Successful sign-up', 'signup-success'],
  ['fs', 'Failed sign-up', 'signup-failure'],
  ['passkey_register_failed', 'Failed passkey sign-up', 'signup-failure'],

  ['slo', 'Successful logout', 'logout'],
  ['flo', 'Failed logout', 'logout'],
  ['federated_logout_failed', 'Failed logout at identity provider', 'logout'],
  ['oidc_backchannel_logout_failed', 'Failed back-channel logout', 'logout'],
  ['oidc_backchannel_logout_succeeded', 'Successful back-channel logout', 'logout'],
  ['universal_logout_failed', 'Failed universal logout', 'logout'],
  ['universal_logout_succeeded', 'Successful universal logout', 'logout'],
  ['srrt', 'Refresh token revoked', 'logout'],
  ['resource_cleanup', 'Surplus refresh tokens removed', 'logout'],
] as const;
