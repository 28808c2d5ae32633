/** Where Slack messages may be posted. Plain data, which one thread can send to another. */
export interface SlackHosts {
  /** Names of hosts in small letters, or `*` for any. */
  readonly allowed: readonly string[];
  /** Whether this machine is allowed without being named, as it is outside production. */
  readonly loopback: boolean;
}

export const slackOwnHosts: readonly string[] = ['hooks.slack.com', 'slack.com'];

/** Why nothing is posted to a URL. */
export type HostRefusal = 'no-url' | 'no-https' | 'other-host';

/** The hosts in the text of SLACK_ALLOW_HOSTS. */
export function splitHosts(text: string): readonly string[] {
  return text
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');
}

export function slackHostsOf(settings: {
  readonly SLACK_ALLOW_HOSTS: readonly string[];
  readonly NODE_ENV: string;
}): SlackHosts {
  return { allowed: settings.SLACK_ALLOW_HOSTS, loopback: settings.NODE_ENV !== 'production' };
}

export function hostRefusal(url: string, { allowed, loopback }: SlackHosts): HostRefusal | undefined {
  if (!URL.canParse(url)) return 'no-url';
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return 'no-url';
  const host = hostname.replace(/\.$/, '');
  const isAllowed = allowed.includes('*') || allowed.includes(host);
  // What goes to this machine crosses no network, so it needs no https.
  if (isLoopback(host) && (loopback || isAllowed)) return undefined;
  if (protocol !== 'https:') return 'no-https';
  return isAllowed ? undefined : 'other-host';
}

/** A URL has its addresses in their usual form: 127.1 is 127.0.0.1 by then. */
function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
  );
}
