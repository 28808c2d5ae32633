/**
 * What Auth0 blocked, limited or found leaked: rows of code, short name and category. Codes are those of Auth0's Log
 * Event Type Codes page and of its published log schemas; a comment marks the ones only older versions of that page
 * list.
 */
export const protectionEvents = [
  ['limit_mu', 'IP address blocked', 'attack-protection'],
  ['limit_wc', 'IP blocked for one account', 'attack-protection'],
  ['limit_sul', 'Account blocked, too many logins', 'attack-protection'],
  ['limit_delegation', 'Account blocked, too many delegations', 'attack-protection'],
  ['limit_phone', 'Phone message limit reached', 'attack-protection'],
  ['ublkdu', 'User block lifted', 'attack-protection'],
  ['pwd_leak', 'Login with leaked password', 'attack-protection'],
  ['signup_pwd_leak', 'Sign-up with leaked password', 'attack-protection'],
  ['reset_pwd_leak', 'Password reset to leaked password', 'attack-protection'],
  ['acls_summary', 'Network access list summary', 'attack-protection'],

  ['api_limit', 'API rate limit reached', 'rate-limit'],
  ['api_limit_warning', 'API rate limit nearly reached', 'rate-limit'],
  ['appi', 'API peak performance started', 'rate-limit'],
  // Older versions of the page.
  ['limit_ui', 'Too many userinfo requests', 'rate-limit'],
] as const;
