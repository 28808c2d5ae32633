import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerLogs } from './fake-auth0/answer-logs.js';
import { answerStreams } from './fake-auth0/answer-streams.js';
import { send, forbidden, unauthorized, type Auth0Reply } from './fake-auth0/reply.js';
import { RateLimit } from './fake-auth0/rate-limit.js';
import { Tenant } from './fake-auth0/tenant.js';
import { Tokens } from './fake-auth0/tokens.js';
import { readBody } from './fake-slack/received-request.js';

/** What is done to the next requests instead of answering them as Auth0 does. */
export type Fault =
  /** Another status and body; an object is sent as JSON. */
  | { readonly kind: 'status'; readonly status: number; readonly body?: string | object }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  /** Answers as Auth0 would, this much later (ms). */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Answers as it did the last time at this path, whatever is asked. */
  | { readonly kind: 'repeat' };

export interface RecordedCall {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly status: number;
}

export const fakeClient = { clientId: 'client-1', clientSecret: 'secret-of-client-1' };

/**
 * An HTTP server that plays an Auth0 tenant as the documentation describes it: the token endpoint, `GET /api/v2/logs` by
 * checkpoint and by search, log streams, scopes, rate limits and retention; and it misbehaves on demand.
 */
export class FakeAuth0 {
  readonly tenant = new Tenant();
  readonly tokens = new Tokens();
  /** Every request that was answered, in order. */
  readonly calls: RecordedCall[] = [];
  private limited: RateLimit | undefined;
  private faults: { readonly fault: Fault; readonly path: string; times: number }[] = [];
  private readonly last = new Map<string, Auth0Reply>();
  private readonly server = createServer((request, response) => void this.receive(request, response));

  static async start(port = 0): Promise<FakeAuth0> {
    const auth0 = new FakeAuth0();
    await new Promise<void>((resolve, reject) => {
      auth0.server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return auth0;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The settings that make a router read this tenant. */
  get settings(): Readonly<Record<string, string>> {
    return {
      AUTH0_DOMAIN: 'acme.eu.auth0.com',
      AUTH0_CLIENT_ID: fakeClient.clientId,
      AUTH0_CLIENT_SECRET: fakeClient.clientSecret,
      AUTH0_API_URL: this.url,
    };
  }

  /** From now on this many requests of the Management API are answered in each second, or another period (ms). */
  limit(perPeriod: number | undefined, periodMs = 1_000): void {
    this.limited = perPeriod === undefined ? undefined : new RateLimit(perPeriod, periodMs);
  }

  /** @param path only requests whose path begins so */
  fail(fault: Fault, times = 1, path = '/'): void {
    this.faults.push({ fault, path, times });
  }

  /** From now on it answers as Auth0 does. */
  clearFaults(): void {
    this.faults = [];
  }

  /** How many requests to paths that begin so were answered. */
  count(path: string): number {
    return this.calls.filter((call) => call.path.startsWith(path)).length;
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const body = await readBody(request);
    const fault = this.takeFault(url.pathname);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms).unref());
    const value = body?.kind === 'json' ? body.value : undefined;
    const reply =
      fault?.kind === 'status'
        ? { status: fault.status, body: fault.body ?? '' }
        : ((fault?.kind === 'repeat' ? this.last.get(url.pathname) : undefined) ??
          this.answer(request, url, value));
    this.last.set(url.pathname, reply);
    this.calls.push({ method: request.method ?? '', path: url.pathname + url.search, status: reply.status });
    send(response, reply);
  }

  private takeFault(path: string): Fault | undefined {
    const found = this.faults.find((one) => path.startsWith(one.path));
    if (found === undefined) return undefined;
    found.times -= 1;
    if (found.times <= 0) this.faults = this.faults.filter((one) => one !== found);
    return found.fault;
  }

  private answer(request: IncomingMessage, url: URL, body: unknown): Auth0Reply {
    if (request.method === 'POST' && url.pathname === '/oauth/token') return this.tokens.issue(body);
    if (!url.pathname.startsWith('/api/v2/')) return { status: 404, body: { error: 'Not Found' } };
    const scopes = this.tokens.scopesOf(request.headers.authorization);
    if (typeof scopes === 'string') return unauthorized(scopes);
    const limit = this.limited?.take();
    if (limit?.refusal !== undefined) return limit.refusal;
    const reply = this.answerCall(request.method ?? '', url, body, scopes);
    return { ...reply, headers: { ...reply.headers, ...limit?.headers } };
  }

  private answerCall(method: string, url: URL, body: unknown, scopes: ReadonlySet<string>): Auth0Reply {
    const path = url.pathname.slice('/api/v2/'.length);
    if (method === 'GET' && path === 'logs')
      return scopes.has('read:logs') ? answerLogs(this.tenant, url) : forbidden('read:logs');
    const verb = { GET: 'read', POST: 'create', PATCH: 'update' }[method];
    if (verb !== undefined && /^log-streams(\/|$)/.test(path)) {
      const scope = `${verb}:log_streams`;
      return scopes.has(scope) ? answerStreams(this.tenant, method, path, body) : forbidden(scope);
    }
    return { status: 404, body: { statusCode: 404, error: 'Not Found', message: 'Not Found' } };
  }
}
