/**
 * The categories by which an Auth0 log stream can be filtered, each with the codes that Auth0 puts in it. The names are
 * those of the Management API's log stream filters. The codes are those of Auth0's pages "Log Stream Filters" and "Tenant
 * logs"; where the two pages differ, a code stands in both places. `fapi` and `du` are codes of older pages.
 */
const codesOfCategories = {
  actions: ['actions_execution_failed'],
  'auth.login.fail': ['f', 'fc', 'fco', 'fcoa', 'fens', 'fp', 'fu'],
  'auth.login.notification': ['scv', 'w'],
  'auth.login.success': ['s', 'scoa', 'sdel', 'sens'],
  'auth.logout.fail': [
    'federated_logout_failed',
    'flo',
    'oidc_backchannel_logout_failed',
    'universal_logout_failed',
  ],
  'auth.logout.success': ['oidc_backchannel_logout_succeeded', 'slo', 'universal_logout_succeeded'],
  'auth.signup.fail': ['fs'],
  'auth.signup.success': ['ss'],
  'auth.silent_auth.fail': ['fdelsa', 'fsa'],
  'auth.silent_auth.success': ['sdelsa', 'ssa'],
  'auth.token_exchange.fail': [
    'ciba_exchange_failed',
    'failed_on_behalf_of_token_exchange',
    'fdeleacft',
    'feacft',
    'feccft',
    'fecte',
    'fede',
    'feoobft',
    'feotpft',
    'fepft',
    'fepotpft',
    'fercft',
    'ferrt',
    'fertft',
    'idjag_exchange_failed',
    'jwt_bearer_exchange_failed',
  ],
  'auth.token_exchange.success': [
    'ciba_exchange_succeeded',
    'feta',
    'idjag_exchange_succeeded',
    'sdeleacft',
    'seacft',
    'seccft',
    'secte',
    'sede',
    'seoobft',
    'seotpft',
    'sepft',
    'sepkoobft',
    'sepkotpft',
    'sepkrcft',
    'sercft',
    'sertft',
    'seta',
    'success_on_behalf_of_token_exchange',
  ],
  'management.fail': ['fapi'],
  'management.success': ['gd_email_settings_update', 'gd_phone_settings_update', 'mgmt_api_read', 'sapi'],
  // And every code that stands nowhere else.
  other: ['fco'],
  'scim.event': ['fscim', 'sscim'],
  'system.notification': [
    'acul_sdk_notice',
    'admin_update_launch',
    'api_limit',
    'api_limit_warning',
    'appi',
    'coff',
    'con',
    'custom_domain_verification_failed',
    'depnote',
    'directory_sync_completed',
    'directory_sync_failed',
    'directory_sync_started',
    'fcpro',
    'fui',
    'limit_delegation',
    'limit_mu',
    'limit_phone',
    'limit_wc',
    'sys_os_update_end',
    'sys_os_update_start',
    'sys_update_end',
    'sys_update_start',
  ],
  'user.fail': [
    'connected_accounts_connection_failed',
    'connected_accounts_delete_failed',
    'fce',
    'fcp',
    'fcph',
    'fcpn',
    'fcpr',
    'fcu',
    'fd',
    'fdeaz',
    'fdecc',
    'fdu',
    'fn',
    'fv',
    'fvr',
    'my_account_authentication_method_failed',
    'ss_sso_failure',
  ],
  'user.notification': [
    'cs',
    'du',
    'gd_enrollment_complete',
    'gd_start_enroll',
    'gd_unenroll',
    'gd_update_device_account',
    'ss_sso_info',
    'ublkdu',
  ],
  'user.success': [
    'connected_accounts_connection_succeeded',
    'connected_accounts_delete_succeeded',
    'my_account_authentication_method_succeeded',
    'sce',
    'scp',
    'scpn',
    'scpr',
    'scu',
    'sd',
    'sdu',
    'srrt',
    'ss_sso_success',
    'sui',
    'sv',
    'svr',
  ],
} as const;

export type StreamCategory = keyof typeof codesOfCategories;

const categoriesByCode = new Map<string, StreamCategory[]>();
for (const [category, codes] of Object.entries(codesOfCategories) as [StreamCategory, readonly string[]][]) {
  for (const code of codes) categoriesByCode.set(code, [...(categoriesByCode.get(code) ?? []), category]);
}

/** Every category that a log stream can be filtered by, in alphabetical order. */
export const streamCategories = Object.keys(codesOfCategories).toSorted() as readonly StreamCategory[];

/**
 * The categories that an event code may be in. Auth0 calls `other` the category of unclassified events, so a code that no
 * page puts in a category is there.
 */
export function streamCategoriesOf(code: string): readonly StreamCategory[] {
  return categoriesByCode.get(code) ?? ['other'];
}

/** The only codes that a prioritised log stream sends, by Auth0's page "Prioritized Log Streams". */
export const priorityCodes: ReadonlySet<string> = new Set([
  'gd_send_sms',
  'limit_mu',
  'limit_sul',
  'limit_wc',
  'pwd_leak',
  'reset_pwd_leak',
  'signup_pwd_leak',
  'ublkdu',
]);
