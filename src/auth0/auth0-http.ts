import type { AxiosInstance } from 'axios';
import { createHttpClient } from '../app/http-client.js';
import { networkErrorCode } from '../notify/slack/network-outcome.js';
import { isFromProxy, proxyOrFault } from '../notify/slack/proxy.js';
import type { Auth0Failure, RawAnswer } from './auth0-answer.js';

export interface Auth0Request {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  /** Sent as a bearer token. */
  readonly token?: string;
  /** Sent as JSON. */
  readonly body?: object;
}

export type Auth0Reply =
  | { readonly kind: 'answer'; readonly answer: RawAnswer }
  | Extract<Auth0Failure, { kind: 'unavailable' | 'garbage' }>;

/** A hundred log events have some hundred kilobytes; this is far more, and still fits into memory. */
const longestAnswer = 16 * 1_024 * 1_024;

/** Sends requests to Auth0 over kept-alive connections. Follows no redirect and retries nothing. */
export class Auth0Http {
  private http: AxiosInstance | undefined;

  /** @param timeoutMs for the whole exchange, to the answer's last byte */
  constructor(private readonly timeoutMs = 30_000) {}

  async send({ method, url, token, body }: Auth0Request, signal?: AbortSignal): Promise<Auth0Reply> {
    this.http ??= createHttpClient(this.timeoutMs, longestAnswer);
    const proxy = proxyOrFault(url);
    if (proxy === undefined) return { kind: 'unavailable', error: 'proxy_invalid' };
    const deadline = AbortSignal.timeout(this.timeoutMs);
    try {
      const response = await this.http.request<unknown>({
        method,
        url,
        ...(body !== undefined && { data: body }),
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        proxy,
        // axios's own timeout ends with the answer's first byte; a slow drip would outlast it.
        signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
      });
      if (isFromProxy(url, response.status, response.request))
        return { kind: 'unavailable', error: `proxy_${response.status}` };
      const text = typeof response.data === 'string' ? response.data : '';
      return {
        kind: 'answer',
        answer: { status: response.status, headers: { ...response.headers }, body: text },
      };
    } catch (error) {
      if (isTooLong(error))
        return { kind: 'garbage', error: `an answer of more than ${longestAnswer} bytes` };
      return { kind: 'unavailable', error: networkErrorCode(error) };
    }
  }
}

function isTooLong(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('maxContentLength');
}
