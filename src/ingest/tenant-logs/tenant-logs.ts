import { Inject, Injectable, Logger } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Outage } from '../../app/outage.js';
import { Repeating } from '../../app/repeating.js';
import { logsFrom } from '../../config/auth0-access.js';
import { Settings } from '../../config/settings.js';
import { ChannelLeases } from '../../delivery/channel-lease.js';
import { Clock, Timer } from '../../domain/clock.js';
import { parseDuration } from '../../domain/duration.js';
import { Metrics } from '../../metrics/metrics.js';
import { Gaps } from '../../operations/gaps.js';
import type { Database } from '../../storage/database/schema.js';
import { LogPositionsStore } from '../../storage/tenant-logs/log-positions-store.js';
import { TenantLogsStore, type TenantLogsState } from '../../storage/tenant-logs/tenant-logs-store.js';
import { comesAfter } from '../log-id.js';
import { NewestEvents } from '../newest-events.js';
import { LogReader, type PageFailure } from './log-reader.js';
import { ReadFailures } from './read-failures.js';
import { TenantAccess, type Tenant } from './tenant-access.js';

/** An event of the stream says that those before it have come, too, when it came so long ago, in ms. */
const settledMs = 10 * 60_000;
const advanceEveryMs = 60_000;
/** When reading came to the newest event is written no more often than this, in ms, while nothing comes. */
const caughtUpWritesMs = 30_000;
/** What somebody has to mend is tried again so often, in ms. */
const slowMs = 5 * 60_000;

/**
 * Reads the tenant's logs through the Management API. With `pull` all the time; with `fill` at the start, after a gap and
 * every so often, from the last event that is known to have arrived. One replica at a time reads.
 */
@Injectable()
export class TenantLogs extends Repeating {
  private readonly logger = new Logger(TenantLogs.name);
  private readonly outage = new Outage(
    this.logger,
    "the tenant's logs can't be read on, because of the database",
    "the tenant's logs are read on",
  );
  private readonly reading = new AbortController();
  private readonly everyMs: number;
  private readonly fillEveryMs: number;
  /** Whether events may have been missed since `fill` was done last. */
  private isWanted = true;
  private fillAt = 0;
  private advanceAt = 0;
  private failures = 0;

  constructor(
    private readonly access: TenantAccess,
    private readonly settings: Settings,
    @Inject(Kysely) private readonly db: Kysely<Database>,
    private readonly reader: LogReader,
    private readonly readFailures: ReadFailures,
    private readonly leases: ChannelLeases,
    private readonly newest: NewestEvents,
    private readonly gaps: Gaps,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    timer: Timer,
  ) {
    super(timer);
    this.everyMs = parseDuration(settings.AUTH0_PULL_EVERY) as number;
    this.fillEveryMs = parseDuration(settings.AUTH0_FILL_EVERY) as number;
  }

  override onApplicationBootstrap(): void {
    if (this.access.mode === 'off') return;
    if (this.access.mode === 'fill') {
      this.newest.start();
      this.gaps.onGap(() => {
        this.isWanted = true;
      });
    }
    super.onApplicationBootstrap();
  }

  override async beforeApplicationShutdown(): Promise<void> {
    this.reading.abort();
    await super.beforeApplicationShutdown();
  }

  protected override async step(): Promise<number> {
    const { tenant } = this.access;
    if (tenant === undefined) return slowMs;
    try {
      const waitMs = await this.work(tenant);
      this.outage.worked();
      return waitMs;
    } catch (error) {
      this.outage.failed(error);
      return this.everyMs;
    }
  }

  private async work(tenant: Tenant): Promise<number> {
    const now = this.clock.now();
    const isFill = this.access.mode === 'fill';
    if (isFill && !this.isWanted && now < this.fillAt) {
      await this.advance(tenant, now);
      return this.everyMs;
    }
    const lease = `auth0:${tenant.domain}`;
    const takenMs = await this.leases.take(lease);
    if (takenMs > 0) return Math.max(takenMs, this.everyMs);
    const state = await this.state(tenant, now);
    if (isFill && !this.isWanted && now < (state.caughtUpAt ?? 0) + this.fillEveryMs) {
      this.fillAt = (state.caughtUpAt ?? 0) + this.fillEveryMs;
      return this.everyMs;
    }
    const waitMs = await this.readOn(tenant, state);
    if (waitMs !== 0 && isFill && !this.isWanted) await this.leases.giveUp(lease);
    return waitMs;
  }

  /** @returns how long to wait before the next page, in ms */
  private async readOn(tenant: Tenant, state: TenantLogsState): Promise<number> {
    const isWanted = this.isWanted;
    this.isWanted = false;
    try {
      const result = await this.reader.read(tenant, state.position, this.reading.signal);
      switch (result.kind) {
        case 'overtaken':
          this.isWanted ||= isWanted;
          return 0;
        case 'failed':
          this.isWanted = true;
          if (this.reading.signal.aborted) return 0;
          return await this.failed(tenant, state, result.failure);
        case 'read':
          this.metrics.logPageRead();
          await this.worked(tenant, state);
          if (result.more) {
            this.isWanted = true;
            return result.waitMs;
          }
          await this.caughtUp(tenant, state, result.events > 0);
          return Math.max(result.waitMs, this.everyMs);
      }
    } catch (error) {
      this.isWanted = true;
      throw error;
    }
  }

  private async state(tenant: Tenant, now: number): Promise<TenantLogsState> {
    const store = new TenantLogsStore(this.db, tenant.domain);
    const state = await store.read();
    if (state !== undefined) return state;
    const { logId, at } = logsFrom(this.settings, now);
    await store.begin({ logId, at });
    return (await store.read()) as TenantLogsState;
  }

  private async caughtUp(tenant: Tenant, state: TenantLogsState, isMoved: boolean): Promise<void> {
    const now = this.clock.now();
    this.fillAt = now + this.fillEveryMs;
    const isRecent = Math.abs(now - (state.caughtUpAt ?? 0)) < caughtUpWritesMs;
    if (isRecent && !state.behind && !isMoved && this.access.mode === 'pull') return;
    await new TenantLogsStore(this.db, tenant.domain).caughtUp(now);
  }

  private async worked(tenant: Tenant, { failure }: TenantLogsState): Promise<void> {
    this.failures = 0;
    if (failure !== undefined) this.logger.warn("the tenant's logs are read again");
    await this.readFailures.worked(tenant.domain, failure);
  }

  private async failed(tenant: Tenant, state: TenantLogsState, failure: PageFailure): Promise<number> {
    this.failures += 1;
    this.metrics.logPageFailed(failure.kind);
    if (state.failure?.kind !== failure.kind)
      this.logger.error(`the tenant's logs can't be read: ${failure.kind}: ${failure.error}`);
    await this.readFailures.failed(tenant.domain, state.failure, failure);
    switch (failure.kind) {
      case 'rate-limited':
        return failure.waitMs;
      case 'unauthorized':
      case 'forbidden':
      case 'not-found':
      case 'refused':
        return slowMs;
      case 'unavailable':
      case 'garbage':
      case 'repeating':
        return Math.min(slowMs, this.everyMs * 2 ** Math.min(this.failures - 1, 10));
    }
  }

  /** Moves the position to the newest event that the stream delivered and that no other event can be before any more. */
  private async advance({ domain }: Tenant, now: number): Promise<void> {
    if (now < this.advanceAt) return;
    this.advanceAt = now + advanceEveryMs;
    const newest = this.newest.cameBefore(now - settledMs);
    if (newest === undefined) return;
    const state = await new TenantLogsStore(this.db, domain).read();
    if (state === undefined) return;
    const { position } = state;
    if (position.logId !== undefined && comesAfter(newest.logId, position.logId) !== true) return;
    await new LogPositionsStore(this.db).move(domain, position, newest, false);
  }
}
