import { getProxyForUrl } from 'proxy-from-env';
import type { Dispatcher } from 'undici';

/** What Slack's library sends its requests through. */
type SocketDispatcher = Pick<Dispatcher, 'dispatch'>;

/** Slack names the socket's host only in its answer, and has always named one like this. */
const socketHost = 'https://wss-primary.slack.com';

/**
 * Chooses the proxy that the environment names for each host, as for Slack's other calls; undefined where there is none,
 * since the library then ends a connection that Slack does not close better than it could with a dispatcher of ours.
 *
 * @throws TypeError where HTTPS_PROXY or HTTP_PROXY is no URL
 */
export async function socketProxy(
  apiUrl: string,
): Promise<(SocketDispatcher & { close(): Promise<void> }) | undefined> {
  if ([apiUrl, socketHost].every((url) => getProxyForUrl(url) === '')) return undefined;
  const { Agent, ProxyAgent } = await import('undici');
  const agents = new Map<string, Dispatcher>();
  const agentFor = (origin: string): Dispatcher => {
    const proxy = getProxyForUrl(origin);
    const agent = agents.get(proxy) ?? (proxy === '' ? new Agent() : new ProxyAgent(proxy));
    agents.set(proxy, agent);
    return agent;
  };
  // Made before the first request, so that a proxy that is no URL fails here.
  for (const url of [apiUrl, socketHost]) agentFor(new URL(url).origin);
  return {
    dispatch: (options, handler) => agentFor(String(options.origin)).dispatch(options, handler),
    async close() {
      for (const agent of agents.values()) await agent.destroy();
    },
  };
}
