import { Injectable, Logger } from '@nestjs/common';
import type { Auth0Failure } from '../../auth0/auth0-answer.js';
import { logIdOf, type LogPage } from '../../auth0/log-page.js';
import { longestPage } from '../../auth0/management-api.js';
import { Deliverer } from '../../delivery/deliverer.js';
import { Clock } from '../../domain/clock.js';
import { readEvent } from '../../domain/event.js';
import { Ids, Transactions, type LogPosition } from '../../domain/stores.js';
import { Metrics } from '../../metrics/metrics.js';
import { AfterCommit } from '../../operations/after-commit.js';
import { OpsNotices } from '../../operations/ops-notices.js';
import { CurrentPipeline } from '../../rules/reload/current-pipeline.js';
import { completeMatches } from '../complete-matches.js';
import { comesAfter } from '../log-id.js';
import { dateOf } from '../newest-events.js';
import { positionLost } from './read-notices.js';
import { TenantAccess, type Tenant } from './tenant-access.js';

/** Why a page could not be read; `repeating`: Auth0 gave one that does not come after the position. */
export type PageFailure = Auth0Failure | { readonly kind: 'repeating'; readonly error: string };

export type PageResult =
  /** `more`: Auth0 has more to give. `waitMs`: it asks to be left alone for so long. */
  | { readonly kind: 'read'; readonly events: number; readonly more: boolean; readonly waitMs: number }
  /** Another replica has read on meanwhile. Nothing was stored. */
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'failed'; readonly failure: PageFailure };

/** A page, and the position after it. */
interface NextPage {
  readonly page: LogPage;
  readonly to: LogPosition;
  readonly more: boolean;
  /** The position that Auth0 no longer knew. */
  readonly lost?: LogPosition;
}

/** Takes the tenant's logs page by page. What a page leads to and the new position are committed together. */
@Injectable()
export class LogReader {
  private readonly logger = new Logger(LogReader.name);
  /** Where reading went on after a position was lost; when Auth0 doesn't know that one either, something else is wrong. */
  private resumedAt: string | undefined;

  constructor(
    private readonly access: TenantAccess,
    private readonly pipelines: CurrentPipeline,
    private readonly transactions: Transactions,
    private readonly afterCommit: AfterCommit,
    private readonly notices: OpsNotices,
    private readonly deliverer: Deliverer,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws DatabaseUnavailable, or what else the database fails with */
  async read(tenant: Tenant, position: LogPosition, signal?: AbortSignal): Promise<PageResult> {
    const { logId } = position;
    if (logId === undefined) return this.readByDate(tenant, position, undefined, signal);
    const answer = await tenant.api.logs({ from: logId }, signal);
    const isRefused = answer.kind === 'refused' || answer.kind === 'not-found';
    if (isRefused && logId !== this.resumedAt) return this.readByDate(tenant, position, position, signal);
    if (answer.kind !== 'ok') return { kind: 'failed', failure: answer };
    const { value: page, waitMs } = answer;
    if (page.events.length === 0) return { kind: 'read', events: 0, more: false, waitMs };
    if (page.next === undefined) return garbage;
    if (page.next === logId || comesAfter(page.next, logId) === false) return repeating;
    const to = { logId: page.next, at: dateOf(page.events.at(-1)?.['date'], this.clock.now()) };
    const more = page.events.length >= longestPage;
    return this.take(tenant, position, { page, to, more }, waitMs);
  }

  /**
   * The order by date is not that of the ids. So reading goes on after the smallest id of the page: what then comes again
   * is known by its `log_id`.
   */
  private async readByDate(
    tenant: Tenant,
    position: LogPosition,
    lost: LogPosition | undefined,
    signal: AbortSignal | undefined,
  ): Promise<PageResult> {
    const answer = await tenant.api.logsSince(position.at, 0, signal);
    if (answer.kind !== 'ok') return { kind: 'failed', failure: answer };
    const { value: page, waitMs } = answer;
    const oldest = oldestOf(page);
    if (page.events.length > 0 && oldest === undefined) return garbage;
    if (oldest === undefined && lost === undefined) return { kind: 'read', events: 0, more: false, waitMs };
    this.resumedAt = oldest?.logId;
    const to = {
      logId: oldest?.logId,
      at: oldest === undefined ? position.at : dateOf(oldest.date, this.clock.now()),
    };
    return this.take(
      tenant,
      position,
      { page, to, more: oldest !== undefined, ...(lost && { lost }) },
      waitMs,
    );
  }

  private async take(
    { domain }: Tenant,
    from: LogPosition,
    { page, to, more, lost }: NextPage,
    waitMs: number,
  ): Promise<PageResult> {
    const now = this.clock.now();
    const events = page.events.map(readEvent).filter((event) => event !== undefined);
    const pipeline = this.pipelines.current;
    const matches = completeMatches(await pipeline.match(events), now, this.ids);
    const stored = await this.transactions.run(async (stores) => {
      if (!(await stores.logPositions.move(domain, from, to, more))) return undefined;
      const raised = matches.length === 0 ? undefined : await pipeline.raise(matches, stores, now);
      const notice = lost === undefined ? undefined : positionLost(lost, page, now);
      return { raised, woken: notice === undefined ? [] : await this.notices.add(stores.outbox, notice) };
    });
    if (stored === undefined) return { kind: 'overtaken' };
    // With a log stream, the heartbeat is about what the stream brings.
    if (this.access.mode === 'pull' && events.length > 0) this.afterCommit.eventArrived(now);
    this.metrics.eventsTaken(events.length, page.events.length - events.length, now);
    if (stored.raised !== undefined) await this.afterCommit.committed(stored.raised);
    if (stored.woken.length > 0) this.deliverer.wake(stored.woken);
    if (matches.length > 0)
      this.logger.log(
        `stored a page of the tenant's logs: ${events.length} events, ${matches.length} matches`,
      );
    return { kind: 'read', events: events.length, more, waitMs };
  }
}

const garbage: PageResult = {
  kind: 'failed',
  failure: { kind: 'garbage', error: 'a page of logs without a log_id' },
};

const repeating: PageResult = {
  kind: 'failed',
  failure: { kind: 'repeating', error: 'a page of logs that does not come after the last one' },
};

function oldestOf({ events }: LogPage): { readonly logId: string; readonly date: unknown } | undefined {
  let oldest: { readonly logId: string; readonly date: unknown } | undefined;
  for (const event of events) {
    const logId = logIdOf(event);
    if (logId !== undefined && (oldest === undefined || comesAfter(oldest.logId, logId) === true))
      oldest = { logId, date: event['date'] };
  }
  return oldest;
}
