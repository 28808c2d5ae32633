import type { JsonObject } from '../domain/json-value.js';
import type { Auth0Answer, Auth0Failure } from './auth0-answer.js';
import { logIdOf, type LogPage } from './log-page.js';
import type { ManagementApi } from './management-api.js';

/** Where an export begins. */
export type PullStart =
  /** In ms since the epoch, and included. */
  | { readonly kind: 'date'; readonly at: number }
  /** After this event. `since`, its date in ms, is where to begin when Auth0 no longer knows it; absent: that is a failure. */
  | { readonly kind: 'after'; readonly logId: string; readonly since?: number };

/** What happened on the way, as it happens. `failed` is the last. */
export type PullStep =
  /** Events in the order of `log_id`, at most a hundred, at least one. `at`: the latest date of them, in ms. */
  | { readonly kind: 'events'; readonly events: readonly JsonObject[]; readonly at: number }
  /** Nothing is asked for this long (ms): `limit`, as Auth0 wants it, or after a failure that may pass. */
  | { readonly kind: 'waits'; readonly ms: number; readonly because: 'limit' | Auth0Failure }
  /** Auth0 no longer knew the event to begin after, so what came before its oldest event is missing. */
  | { readonly kind: 'gap'; readonly since: number }
  | { readonly kind: 'failed'; readonly failure: Auth0Failure };

/** How often in a row a request is repeated whose failure may pass, and the first wait (ms), which doubles each time. */
const [retries, firstRetryMs] = [5, 1_000];

/**
 * Reads a tenant's logs from a start to before `until` (ms since the epoch), page by page. Auth0 gives no end: it is
 * reached where a page is empty, or where all of its events are later.
 *
 * @param wait passes the time; a test's may return at once
 */
export async function* pullLogs(
  api: Pick<ManagementApi, 'logs' | 'logsSince'>,
  start: PullStart,
  until: number,
  wait: (ms: number) => Promise<void>,
): AsyncGenerator<PullStep> {
  const asking = new Asking(wait);
  let since = start.kind === 'date' ? start.at : Number.NEGATIVE_INFINITY;
  const known = start.kind === 'after' ? start.logId : undefined;
  let next = known;
  let first = true;
  const seen = new Set<string>();
  for (;;) {
    const from = next;
    const answer = yield* asking.ask(() => (from === undefined ? api.logsSince(since) : api.logs({ from })));
    if (answer.kind !== 'ok') {
      const date = start.kind === 'after' ? start.since : undefined;
      if (!first || date === undefined || !isUnknownCheckpoint(answer)) {
        yield { kind: 'failed', failure: answer };
        return;
      }
      yield { kind: 'gap', since: date };
      [since, next, first] = [date, undefined, false];
      continue;
    }
    first = false;
    if (from !== undefined) seen.add(from);
    const page = from === undefined ? oldestOf(answer.value) : answer.value;
    if (page.events.length === 0) return;
    if (page.next === undefined || seen.has(page.next)) {
      yield {
        kind: 'failed',
        failure: { kind: 'garbage', error: 'Auth0 answered with a page that repeats' },
      };
      return;
    }
    const wanted = page.events.filter((event) => {
      const at = dateOf(event);
      return !(at < since || at >= until) && logIdOf(event) !== known;
    });
    const at = wanted.reduce((latest, event) => Math.max(latest, dateOf(event) || latest), 0);
    if (wanted.length > 0) yield { kind: 'events', events: wanted, at };
    if (page.events.every((event) => dateOf(event) >= until)) return;
    next = page.next;
  }
}

/**
 * The first event of a search, to go on after: a search ends after a thousand events, and sorts by date what follows by
 * `log_id`.
 */
function oldestOf({ events }: LogPage): LogPage {
  const [oldest] = events.toSorted((left, right) => compareIds(logIdOf(left) ?? '', logIdOf(right) ?? ''));
  return { events: oldest === undefined ? [] : [oldest], next: oldest && logIdOf(oldest) };
}

/** Ids of one length sort as texts; a longer one is a later one. */
function compareIds(left: string, right: string): number {
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : Number(left > right);
}

/** In ms since the epoch; NaN where the event has none. */
function dateOf({ date }: JsonObject): number {
  return typeof date === 'string' ? Date.parse(date) : Number.NaN;
}

function isUnknownCheckpoint({ kind }: Auth0Failure): boolean {
  return kind === 'refused' || kind === 'not-found';
}

/** Repeats requests whose failure may pass, and keeps to the rate limit. */
class Asking {
  private waitMs = 0;

  constructor(private readonly wait: (ms: number) => Promise<void>) {}

  async *ask(request: () => Promise<Auth0Answer<LogPage>>): AsyncGenerator<PullStep, Auth0Answer<LogPage>> {
    for (let failures = 0; ;) {
      if (this.waitMs > 0) {
        yield { kind: 'waits', ms: this.waitMs, because: 'limit' };
        await this.wait(this.waitMs);
      }
      const answer = await request();
      this.waitMs = answer.kind === 'ok' || answer.kind === 'rate-limited' ? answer.waitMs : 0;
      if (answer.kind === 'rate-limited') continue;
      if ((answer.kind !== 'unavailable' && answer.kind !== 'garbage') || failures === retries) return answer;
      const ms = firstRetryMs * 2 ** failures;
      failures += 1;
      yield { kind: 'waits', ms, because: answer };
      await this.wait(ms);
    }
  }
}
