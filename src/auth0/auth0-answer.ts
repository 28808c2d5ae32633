/** Why Auth0 gave nothing. `error` is a short text for people, in which nothing of a token or secret stands. */
export type Auth0Failure =
  /** The client's id or secret is wrong, or Auth0 refused even a token that it had just issued. */
  | { readonly kind: 'unauthorized'; readonly error: string }
  /** `scope`: which one is missing; undefined when the application has no grant for the Management API at all. */
  | { readonly kind: 'forbidden'; readonly scope: string | undefined; readonly error: string }
  | { readonly kind: 'not-found'; readonly error: string }
  /** Auth0 understood the request and will not do it, as it stands (another 4xx). */
  | { readonly kind: 'refused'; readonly status: number; readonly error: string }
  /** `waitMs`: how long Auth0 asks to be left alone. */
  | { readonly kind: 'rate-limited'; readonly waitMs: number; readonly error: string }
  /** No connection, no answer in time, or 5xx. */
  | { readonly kind: 'unavailable'; readonly error: string }
  /** An answer that is not what the documentation says: no JSON, another shape, too large, or a redirect. */
  | { readonly kind: 'garbage'; readonly error: string };

/** What Auth0 answered. Nothing else comes of a request: none throws. */
export type Auth0Answer<T> =
  | {
      readonly kind: 'ok';
      readonly value: T;
      /** How long to wait before the next request, in ms, since this one was the last that the rate limit allows; else 0. */
      readonly waitMs: number;
    }
  | Auth0Failure;

/** What came back over HTTP, before anyone has looked at what it says. */
export interface RawAnswer {
  readonly status: number;
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** The failure that an answer of status 400 or above, or below 200, or a redirect is. */
export function failureOf({ status, headers, body }: RawAnswer, now: number): Auth0Failure {
  const said = saidBy(body);
  const error = said.text === '' ? `status ${status}` : `status ${status}: ${said.text}`;
  if (status === 401) return { kind: 'unauthorized', error };
  if (status === 403) return { kind: 'forbidden', scope: missingScope(said.text), error };
  if (status === 404) return { kind: 'not-found', error };
  if (status === 429) return { kind: 'rate-limited', waitMs: waitOf(headers, now), error };
  if (status >= 500) return { kind: 'unavailable', error };
  if (status >= 400) return { kind: 'refused', status, error };
  return { kind: 'garbage', error };
}

/** How long to wait after an answer that used up the rate limit, in ms; 0 where requests are left. */
export function waitAfter({ headers }: RawAnswer, now: number): number {
  return headers['x-ratelimit-remaining'] === '0' ? waitOf(headers, now) : 0;
}

const shortestWaitMs = 1_000;
const longestWaitMs = 15 * 60_000;
/** Where a 429 does not say when the limit ends. */
const unknownWaitMs = 10_000;

/**
 * From `x-ratelimit-reset`, in UNIX seconds by Auth0's clock, which the answer's `Date` gives; else from `Retry-After`, in
 * seconds.
 */
function waitOf(headers: RawAnswer['headers'], now: number): number {
  const date = typeof headers['date'] === 'string' ? Date.parse(headers['date']) : Number.NaN;
  const theirNow = Number.isNaN(date) ? now : date;
  const reset = wholeNumber(headers['x-ratelimit-reset']);
  const after = wholeNumber(headers['retry-after']);
  const ms =
    reset === undefined ? (after === undefined ? unknownWaitMs : after * 1_000) : reset * 1_000 - theirNow;
  return Math.min(longestWaitMs, Math.max(shortestWaitMs, ms));
}

function wholeNumber(header: unknown): number | undefined {
  return typeof header === 'string' && /^\d{1,12}$/.test(header) ? Number(header) : undefined;
}

function missingScope(text: string): string | undefined {
  return /expected any of: ?([a-z_:, ]+)/i.exec(text)?.[1]?.trim();
}

/** What an error's body says: `message` of the Management API, or `error_description` of the token endpoint. */
function saidBy(body: string): { readonly text: string } {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) {
      const { message, error_description: description, error } = value as Readonly<Record<string, unknown>>;
      for (const text of [message, description, error])
        if (typeof text === 'string' && text !== '') return { text: oneLine(text) };
    }
  } catch {
    // A gateway's page, say. The status tells more.
  }
  return { text: '' };
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, 200);
}
