import type { AxiosInstance } from 'axios';
import { createHttpClient } from '../../app/http-client.js';
import { hostRefusal, type HostRefusal, type SlackHosts } from '../../config/slack-hosts.js';
import type { SendOutcome } from '../../domain/alerting/send-outcome.js';
import { networkOutcome } from './network-outcome.js';
import { isFromProxy, proxyOrFault } from './proxy.js';
import type { SlackAnswer } from './slack-answer.js';

/** An answer, whatever it says, or what it means that none came. */
export type SlackReply =
  | { readonly kind: 'answer'; readonly answer: SlackAnswer }
  | { readonly kind: 'no-answer'; readonly outcome: SendOutcome };

/** Slack's own answers have well under a kilobyte. */
const longestAnswer = 64 * 1_024;

/** Posts JSON to Slack over kept-alive connections. Follows no redirect and retries nothing: the outbox does. */
export class SlackClient {
  private http: AxiosInstance | undefined;

  /**
   * @param hosts nothing is posted elsewhere
   * @param timeoutMs for the whole exchange, to the answer's last byte.
   */
  constructor(
    private readonly hosts: SlackHosts,
    private readonly timeoutMs = 10_000,
  ) {}

  /** @param token sent as a bearer token. */
  async post(url: string, payload: object, token?: string): Promise<SlackReply> {
    const refusal = hostRefusal(url, this.hosts);
    if (refusal !== undefined) return notPosted(refusal);
    this.http ??= createHttpClient(this.timeoutMs, longestAnswer);
    const { http } = this;
    const proxy = proxyOrFault(url);
    if (proxy === undefined) return notLetThrough('invalid');
    try {
      const response = await http.post<unknown>(url, payload, {
        headers: {
          'content-type': 'application/json; charset=utf-8',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        proxy,
        // axios's own timeout ends with the answer's first byte; a slow drip would outlast it.
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      if (isFromProxy(url, response.status, response.request)) return notLetThrough(response.status);
      const retryAfter: unknown = response.headers['retry-after'];
      return {
        kind: 'answer',
        answer: {
          status: response.status,
          ...(typeof retryAfter === 'string' && { retryAfter }),
          body: typeof response.data === 'string' ? response.data : '',
        },
      };
    } catch (error) {
      return { kind: 'no-answer', outcome: networkOutcome(error) };
    }
  }
}

/** The URL itself is a secret, so the text says only what is wrong with it. */
function notPosted(refusal: HostRefusal): SlackReply {
  return { kind: 'no-answer', outcome: { kind: 'channel-refused', error: refusalTexts[refusal] } };
}

const refusalTexts: Readonly<Record<HostRefusal, string>> = {
  'no-url': 'its URL is not an http(s) URL',
  'no-https': 'its URL is not an https URL',
  'other-host': 'the host of its URL is not in SLACK_ALLOW_HOSTS',
};

/** Whoever runs the proxy can mend it, and until then Slack has seen nothing. */
function notLetThrough(why: number | string): SlackReply {
  return { kind: 'no-answer', outcome: { kind: 'retry', error: `proxy_${why}`, possiblyPosted: false } };
}
