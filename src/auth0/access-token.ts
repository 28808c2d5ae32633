import type { Auth0Http } from './auth0-http.js';
import { failureOf, type Auth0Failure } from './auth0-answer.js';

/** The application that asks, as Auth0 knows it: of the machine-to-machine kind, with a grant for the Management API. */
export interface Auth0Client {
  /** The tenant's own domain, such as `acme.eu.auth0.com`. The audience is made of it, so a custom domain won't do. */
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the API is, without a slash at the end; `https://{domain}` unless a proxy or a test stands in between. */
  readonly apiUrl: string;
}

export type TokenAnswer = { readonly kind: 'ok'; readonly token: string } | Auth0Failure;

/** A token is renewed this long before it expires, so that none expires on its way. */
const marginMs = 60_000;

/** The access token for the Management API, by client credentials. Kept in memory until shortly before it expires. */
export class AccessToken {
  private kept: { readonly token: string; readonly until: number } | undefined;

  constructor(
    private readonly client: Auth0Client,
    private readonly http: Auth0Http,
    private readonly now: () => number,
  ) {}

  async get(signal?: AbortSignal): Promise<TokenAnswer> {
    const now = this.now();
    if (this.kept !== undefined && now < this.kept.until) return { kind: 'ok', token: this.kept.token };
    const reply = await this.http.send(
      {
        method: 'POST',
        url: `${this.client.apiUrl}/oauth/token`,
        body: {
          grant_type: 'client_credentials',
          client_id: this.client.clientId,
          client_secret: this.client.clientSecret,
          audience: `https://${this.client.domain}/api/v2/`,
        },
      },
      signal,
    );
    if (reply.kind !== 'answer') return reply;
    if (reply.answer.status !== 200) return failureOf(reply.answer, now);
    const issued = readIssued(reply.answer.body);
    if (issued === undefined) return { kind: 'garbage', error: 'the token endpoint answered with no token' };
    this.kept = { token: issued.token, until: now + Math.max(0, issued.forMs - marginMs) };
    return { kind: 'ok', token: issued.token };
  }

  /** Forgets a token that Auth0 refused, unless it was renewed since. */
  forget(token: string): void {
    if (this.kept?.token === token) this.kept = undefined;
  }
}

function readIssued(body: string): { readonly token: string; readonly forMs: number } | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null) return undefined;
    const { access_token: token, expires_in: seconds } = value as Readonly<Record<string, unknown>>;
    // What a header can't hold is no token.
    if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) return undefined;
    return { token, forMs: typeof seconds === 'number' && seconds > 0 ? seconds * 1_000 : 0 };
  } catch {
    return undefined;
  }
}
