/** What a row of the detection catalogue names literally. */
export interface CatalogueRow {
  /** The rule's id, or what the ids of several rules start with. */
  readonly id: string;
  /** The event types that it is about. */
  readonly types: readonly string[];
  /** What the event's description is, or for `malformed-authorize` contains; absent where it may be anything. */
  readonly descriptions?: readonly string[];
}

const captcha = 'Create or update the anomaly detection captcha';
const bruteForce = 'Update Brute-force settings';
const throttling = 'Update Suspicious IP Throttling settings';
const breached = 'Update Breached Password Detection settings';
const failures = ['f', 'fu', 'fp', 'pwd_leak', 'limit_wc', 'limit_sul', 'limit_mu', 'fcoa'];

/** The behaviours that Auth0's detection catalogue watches for, and that the pack therefore covers. */
export const catalogue: readonly CatalogueRow[] = [
  {
    id: 'attack-protection-off',
    types: ['sapi'],
    descriptions: [bruteForce, throttling, breached, captcha],
  },
  { id: 'bot-detection-off', types: ['sapi'], descriptions: [captcha] },
  { id: 'breached-password-weakened', types: ['sapi'], descriptions: [breached] },
  { id: 'brute-force-weakened', types: ['sapi'], descriptions: [bruteForce] },
  { id: 'ip-throttling-weakened', types: ['sapi'], descriptions: [throttling] },
  { id: 'allowlist-unknown-ip', types: ['sapi'], descriptions: [bruteForce, throttling, captcha] },
  { id: 'overpermissive-client', types: ['sapi'] },
  { id: 'credential-stuffing', types: failures },
  { id: 'cross-origin-enabled', types: ['sapi'], descriptions: ['Update a client'] },
  {
    id: 'management-api-grant',
    types: ['sapi'],
    descriptions: ['Update client grant', 'Create client grant'],
  },
  { id: 'insecure-grants', types: ['sapi'], descriptions: ['Update a client'] },
  { id: 'error-page-xss', types: ['sapi'], descriptions: ['Update tenant settings'] },
  { id: 'suspicious-tls-login', types: [...failures, 's', 'scoa'] },
  {
    id: 'flagged-ip-login',
    types: ['s', 'ss', 'reset_pwd_leak', 'pwd_leak', 'signup_pwd_leak', 'limit_wc', 'limit_new', 'pla'],
  },
  {
    id: 'malformed-authorize',
    types: ['f'],
    descriptions: [
      'The prompt x is not supported by this server',
      'Callback URL mismatch.',
      'Unknown client: x',
      'Unsupported response type: x',
      'Service not found: x',
      'The redirect_uri parameter is not valid',
    ],
  },
  { id: 'unverified-accounts', types: ['ss'] },
  { id: 'mfa-risk-assessment-off', types: ['sapi'], descriptions: ['Updates risk assessment configs'] },
  {
    id: 'mfa-factor-off',
    types: ['sapi'],
    descriptions: ['Update multi-factor authentication type', 'Update a Multi-factor Authentication Factor'],
  },
  {
    id: 'mfa-policy-off',
    types: ['sapi'],
    descriptions: [
      'Update multi-factor authentication policies',
      'Set the Multi-factor Authentication policies',
    ],
  },
  {
    id: 'phone-many-users',
    types: ['gd_enrollment_complete'],
    descriptions: ['Guardian - Enrollment complete (sms)'],
  },
  {
    id: 'device-many-users',
    types: ['gd_enrollment_complete'],
    descriptions: ['Guardian - Enrollment complete'],
  },
  { id: 'dynamic-clients', types: ['sapi'], descriptions: ['Dynamic client registration'] },
  { id: 'refresh-many-agents', types: ['seacft', 'sertft'] },
  { id: 'refresh-many-ips', types: ['seacft', 'sertft'] },
  {
    id: 'refresh-reuse',
    types: ['ferrt'],
    descriptions: ['Unsuccessful Refresh Token exchange, reused refresh token detected'],
  },
  { id: 'push-fatigue', types: ['gd_send_pn'] },
  { id: 'sms-bombing', types: ['gd_send_sms'] },
  { id: 'client-secret-read', types: ['mgmt_api_read'], descriptions: ['Get client by ID'] },
  { id: 'api-explorer-token', types: ['seccft'] },
  { id: 'disposable-signups', types: ['ss'] },
  { id: 'signup-fraud-volume', types: ['fs', 'ss', 'signup_pwd_leak'] },
  {
    id: 'tenant-takeover',
    types: ['sapi'],
    descriptions: ['Create tenant invitations for a given client', 'Delete tenant member'],
  },
  {
    id: 'tenant-url-used',
    types: ['s', 'f', 'fs', 'ss', 'w', 'fp', 'scoa', 'fcoa', 'sepft', 'fepft'],
  },
];
