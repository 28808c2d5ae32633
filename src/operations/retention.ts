import { Inject, Injectable, Logger } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Settings } from '../config/settings.js';
import { Clock, Timer } from '../domain/clock.js';
import { parseDuration } from '../domain/duration.js';
import { Outage } from '../app/outage.js';
import { Repeating } from '../app/repeating.js';
import { AuditStore } from '../storage/audit/audit-store.js';
import { returnFreeSpace } from '../storage/database/free-space.js';
import { optimize } from '../storage/database/optimize.js';
import { pruneGone } from '../storage/pruning/prune-gone.js';
import { pruneWindows } from '../storage/pruning/prune-windows.js';
import { pruneBatch } from '../storage/pruning/prune.js';
import type { Database } from '../storage/database/schema.js';
import { pruneHandled } from '../storage/resolutions/handled-alerts.js';
import { pruneSent, startOfDay } from '../storage/resolutions/sent-alerts.js';
import { pruneSlackClicks } from '../storage/silences/slack-clicks-store.js';

const everyMs = 60_000;
const optimizeEveryMs = 3_600_000;
/** A period that is over says nothing more, but replicas' clocks may differ. */
const throttleGraceMs = 3_600_000;
/** Between two batches other work gets its turn at the database. */
const betweenBatchesMs = 20;
/** A signature is taken for five minutes before and after its time; replicas' clocks may differ. */
const keepClicksMs = 3_600_000;

/** Deletes in small batches what has served its time. */
@Injectable()
export class Retention extends Repeating {
  private readonly logger = new Logger(Retention.name);
  private optimizedAt: number | undefined;
  private readonly outage = new Outage(
    this.logger,
    'pruning failed and is tried again every minute',
    'pruning works again',
  );

  constructor(
    @Inject(Kysely) private readonly db: Kysely<Database>,
    private readonly settings: Settings,
    private readonly clock: Clock,
    timer: Timer,
  ) {
    super(timer);
  }

  protected override async step(): Promise<number> {
    await this.optimizeInTime();
    return (await this.prune()) ? betweenBatchesMs : everyMs;
  }

  private async optimizeInTime(): Promise<void> {
    const now = this.clock.now();
    const before = this.optimizedAt;
    // A clock that was set back counts as an hour.
    if (before !== undefined && Math.abs(now - before) < optimizeEveryMs) return;
    this.optimizedAt = now;
    try {
      await optimize(this.db, before === undefined ? 'opening' : 'last time');
    } catch (error) {
      this.logger.warn(
        `the database's statistics are as old as before, and queries may be slower: ${String(error)}`,
      );
    }
  }

  private async prune(): Promise<boolean> {
    const now = this.clock.now();
    const ago = (duration: string) => now - (parseDuration(duration) as number);
    try {
      const more = await pruneWindows(this.db, now);
      const rest = await pruneBatch(this.db, {
        seenEvents: ago(this.settings.DEDUPE_FOR),
        throttles: now - throttleGraceMs,
        delivered: ago(this.settings.KEEP_DELIVERED_FOR),
        dead: ago(this.settings.KEEP_DEAD_FOR),
      });
      const audit = await new AuditStore(this.db).prune(ago(this.settings.KEEP_AUDIT_FOR));
      const clicks = await pruneSlackClicks(this.db, now - keepClicksMs);
      await pruneGone(this.db, now);
      const counted = startOfDay(ago(this.settings.KEEP_DELIVERED_FOR));
      await pruneSent(this.db, counted, now);
      const handled = await pruneHandled(this.db, counted);
      const free = await returnFreeSpace(this.db);
      this.outage.worked();
      return more || rest || audit || clicks || handled || free;
    } catch (error) {
      this.outage.failed(error);
      return false;
    }
  }
}
