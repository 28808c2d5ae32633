import { randomUUID } from 'node:crypto';
import type { Auth0Reply } from './reply.js';

const audience = 'https://acme.eu.auth0.com/api/v2/';

/** The token endpoint, with one application that it knows. */
export class Tokens {
  clientId = 'client-1';
  clientSecret = 'secret-of-client-1';
  /** What the application's grant for the Management API holds; undefined: it has no grant. */
  grant: readonly string[] | undefined = [
    'read:logs',
    'read:logs_users',
    'read:log_streams',
    'create:log_streams',
  ];
  /** In seconds. */
  expiresIn = 86_400;
  /** How many tokens were issued. */
  issued = 0;
  private readonly valid = new Map<
    string,
    { readonly until: number; readonly scopes: ReadonlySet<string> }
  >();

  issue(body: unknown): Auth0Reply {
    const asked = body as Readonly<Record<string, unknown>> | undefined;
    if (asked?.['grant_type'] !== 'client_credentials')
      return {
        status: 403,
        body: { error: 'unsupported_grant_type', error_description: 'Unsupported grant type' },
      };
    if (asked['client_id'] !== this.clientId || asked['client_secret'] !== this.clientSecret)
      return { status: 401, body: { error: 'access_denied', error_description: 'Unauthorized' } };
    if (asked['audience'] !== audience || this.grant === undefined) {
      const description = `Client is not authorized to access "${String(asked['audience'])}". You need to create a "client-grant" associated to this API.`;
      return { status: 403, body: { error: 'access_denied', error_description: description } };
    }
    const token = `fake-token-${randomUUID()}`;
    this.valid.set(token, { until: Date.now() + this.expiresIn * 1_000, scopes: new Set(this.grant) });
    this.issued += 1;
    return {
      status: 200,
      body: {
        access_token: token,
        scope: this.grant.join(' '),
        expires_in: this.expiresIn,
        token_type: 'Bearer',
      },
    };
  }

  /** Makes every token that was issued one that has expired. */
  expireAll(): void {
    this.valid.clear();
  }

  /** The scopes of a token, or why it is refused. */
  scopesOf(authorization: string | undefined): ReadonlySet<string> | string {
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
    if (token === undefined) return 'Missing authentication';
    const known = this.valid.get(token);
    if (known === undefined || Date.now() > known.until)
      return 'Expired token received for JSON Web Token validation';
    return known.scopes;
  }
}
