import { AccessToken, type Auth0Client } from './access-token.js';
import { failureOf, waitAfter, type Auth0Answer, type Auth0Failure, type RawAnswer } from './auth0-answer.js';
import { Auth0Http, type Auth0Reply, type Auth0Request } from './auth0-http.js';
import { readLogPage, type LogPage } from './log-page.js';
import {
  readLogStream,
  readLogStreams,
  type LogStream,
  type LogStreamChanges,
  type NewLogStream,
} from './log-stream.js';

/** How many events a page may have. */
export const longestPage = 100;

/** How many results a search by date gives at most, over all its pages. */
export const longestSearch = 1_000;

/**
 * Auth0's Management API, as far as the router needs it. Nothing throws for what the network or Auth0 does, and nothing
 * that it answers holds the token or the secret.
 */
export class ManagementApi {
  private readonly token: AccessToken;

  /** @param now in ms since the epoch */
  constructor(
    private readonly client: Auth0Client,
    private readonly now: () => number = Date.now,
    private readonly http = new Auth0Http(),
  ) {
    this.token = new AccessToken(client, http, now);
  }

  /** What came after the event `from`, in the order of `log_id`. Scope `read:logs`. */
  logs(
    { from, take = longestPage }: { readonly from: string; readonly take?: number },
    signal?: AbortSignal,
  ): Promise<Auth0Answer<LogPage>> {
    return this.logPage({ from, take: String(take) }, signal);
  }

  /**
   * What happened since a date (ms since the epoch), by date; of {@link longestSearch} events at most, in pages of
   * {@link longestPage} counted from 0. Scope `read:logs`.
   */
  logsSince(date: number, page = 0, signal?: AbortSignal): Promise<Auth0Answer<LogPage>> {
    const q = `date:[${new Date(date).toISOString()} TO *]`;
    return this.logPage({ q, sort: 'date:1', per_page: String(longestPage), page: String(page) }, signal);
  }

  /** The newest event, in a page of one or none. Scope `read:logs`. */
  newestLog(signal?: AbortSignal): Promise<Auth0Answer<LogPage>> {
    return this.logPage({ sort: 'date:-1', per_page: '1', page: '0' }, signal);
  }

  /** Scope `read:log_streams`. */
  logStreams(signal?: AbortSignal): Promise<Auth0Answer<readonly LogStream[]>> {
    return this.call({ method: 'GET', path: 'log-streams', signal }, readLogStreams);
  }

  /** Scope `create:log_streams`. */
  createLogStream(stream: NewLogStream, signal?: AbortSignal): Promise<Auth0Answer<LogStream>> {
    return this.call({ method: 'POST', path: 'log-streams', body: stream, signal }, readLogStream);
  }

  /** Scope `update:log_streams`. Of a `sink`, Auth0 wants all of it. */
  updateLogStream(
    id: string,
    changes: LogStreamChanges,
    signal?: AbortSignal,
  ): Promise<Auth0Answer<LogStream>> {
    const path = `log-streams/${encodeURIComponent(id)}`;
    return this.call({ method: 'PATCH', path, body: changes, signal }, readLogStream);
  }

  private logPage(
    query: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<Auth0Answer<LogPage>> {
    const path = `logs?${new URLSearchParams(query).toString()}`;
    return this.call({ method: 'GET', path, signal }, (body, { headers }) =>
      readLogPage(body, headers['link']),
    );
  }

  /** Renews a token that Auth0 refuses, once: it may have been revoked, or the clocks differ. */
  private async call<T>(call: Call, read: Reader<T>): Promise<Auth0Answer<T>> {
    const first = await this.attempt(call);
    const reply = first.kind === 'answer' && first.answer.status === 401 ? await this.attempt(call) : first;
    if (reply.kind !== 'answer') return reply;
    const { answer } = reply;
    if (answer.status < 200 || answer.status > 299) return failureOf(answer, this.now());
    const value = readBody(answer, read);
    if (value !== undefined) return { kind: 'ok', value, waitMs: waitAfter(answer, this.now()) };
    const what = call.path.split(/[?/]/)[0];
    return {
      kind: 'garbage',
      error: `the answer to ${call.method} /api/v2/${what} is not what it should be`,
    };
  }

  private async attempt({ method, path, body, signal }: Call): Promise<Auth0Reply | Auth0Failure> {
    const issued = await this.token.get(signal);
    if (issued.kind !== 'ok') return issued;
    const { token } = issued;
    const url = `${this.client.apiUrl}/api/v2/${path}`;
    const reply = await this.http.send({ method, url, token, ...(body !== undefined && { body }) }, signal);
    if (reply.kind === 'answer' && reply.answer.status === 401) this.token.forget(token);
    return reply;
  }
}

interface Call extends Pick<Auth0Request, 'method' | 'body'> {
  /** Below `/api/v2/`, with its query. */
  readonly path: string;
  readonly signal: AbortSignal | undefined;
}

/** Undefined where the answer has not the shape that it should have. */
type Reader<T> = (body: unknown, answer: RawAnswer) => T | undefined;

function readBody<T>(answer: RawAnswer, read: Reader<T>): T | undefined {
  try {
    return read(JSON.parse(answer.body), answer);
  } catch {
    return undefined;
  }
}
