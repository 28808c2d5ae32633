import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Clock } from '../domain/clock.js';
import { durationText, utcTime } from '../domain/duration.js';
import type { Notice } from '../domain/alerting/message.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { HeartbeatStore, type Arrivals, type Gap } from '../storage/heartbeat/heartbeat-store.js';
import { OutboxStore } from '../storage/outbox/outbox-store.js';
import type { Database } from '../storage/database/schema.js';
import { Deliverer } from '../delivery/deliverer.js';
import { Gaps } from './gaps.js';
import { OpsNotices } from './ops-notices.js';

/** Arrivals are written no more often than this, however many there are. */
const leastBetweenWritesMs = 5_000;

/** Warns ops when no event has arrived on any replica for as long as the rules say, and notifies them when events resume. */
@Injectable()
export class Watchdog implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Watchdog.name);
  /** Not yet written. */
  private arrivals: Arrivals | undefined;
  private lastArrival = Number.NEGATIVE_INFINITY;
  private writtenAt = Number.NEGATIVE_INFINITY;
  private watching: boolean | undefined;

  constructor(
    @Inject(Kysely) private readonly db: Kysely<Database>,
    private readonly rules: CurrentRules,
    private readonly notices: OpsNotices,
    private readonly deliverer: Deliverer,
    private readonly clock: Clock,
    private readonly gaps: Gaps,
  ) {}

  /** Takes note of a batch with an event. Costs no database anything. */
  eventArrived(now: number): void {
    this.lastArrival = now;
    this.arrivals = { first: this.arrivals?.first ?? now, last: now };
  }

  /** Does what is due by now. */
  async check(): Promise<void> {
    const afterMs = this.rules.current.heartbeatMs;
    await this.watch(afterMs !== undefined);
    if (afterMs === undefined) return;
    const now = this.clock.now();
    this.notLaterThan(now);
    if (now - this.writtenAt >= Math.min(leastBetweenWritesMs, afterMs / 4)) await this.write();
    if (now - this.lastArrival >= afterMs) await this.warn(afterMs, now);
  }

  /** The clock may have gone back since. */
  private notLaterThan(now: number): void {
    this.lastArrival = Math.min(this.lastArrival, now);
    this.writtenAt = Math.min(this.writtenAt, now);
    if (this.arrivals !== undefined)
      this.arrivals = { first: Math.min(this.arrivals.first, now), last: Math.min(this.arrivals.last, now) };
  }

  /** What arrived last is not forgotten over a restart. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.watching !== true) return;
    try {
      await this.write();
    } catch (error) {
      this.logger.warn(`when the last event arrived could not be stored: ${String(error)}`);
    }
  }

  private async watch(wanted: boolean): Promise<void> {
    if (this.watching === wanted) return;
    const store = new HeartbeatStore(this.db);
    // Nobody counts while the rules ask for no warning, so what an earlier count knew would be wrong by then.
    if (wanted) await store.start(this.clock.now());
    else await store.forget();
    this.watching = wanted;
  }

  private async write(): Promise<void> {
    const { arrivals } = this;
    if (arrivals === undefined) return;
    this.arrivals = undefined;
    try {
      await this.notify(async (store) => {
        const gap = await store.arrived(arrivals);
        return gap && resumed(gap);
      });
      this.writtenAt = this.clock.now();
    } catch (error) {
      this.arrivals = { first: arrivals.first, last: this.lastArrival };
      throw error;
    }
  }

  private async warn(afterMs: number, now: number): Promise<void> {
    if (!(await new HeartbeatStore(this.db).isSilent(now - afterMs))) return;
    await this.notify(async (store) => {
      const since = await store.claimSilence(now - afterMs);
      return since === undefined ? undefined : silent(afterMs, since);
    });
  }

  /** Commits a notice together with its cause, so that it is sent once, whichever replica comes first. */
  private async notify(
    work: (store: HeartbeatStore) => Promise<Omit<Notice, 'at'> | undefined>,
  ): Promise<void> {
    const channels = await this.db.transaction().execute(async (tx) => {
      const notice = await work(new HeartbeatStore(tx));
      return notice === undefined ? undefined : this.notices.add(new OutboxStore(tx), notice);
    });
    if (channels === undefined) return;
    this.gaps.occurred();
    this.deliverer.wake(channels);
  }
}

function silent(afterMs: number, since: number): Omit<Notice, 'at'> {
  return {
    severity: 'high',
    title: `No event has arrived for ${durationText(afterMs)}`,
    detail: `None since ${utcTime(since)}. Auth0's dashboard says under Monitoring > Streams whether the log stream is active and what it failed with.`,
  };
}

function resumed({ since, until }: Gap): Omit<Notice, 'at'> {
  return {
    severity: 'info',
    title: 'Events arrive again',
    detail: `None came for ${durationText(until - since)}, from ${utcTime(since)} to ${utcTime(until)}.`,
  };
}
