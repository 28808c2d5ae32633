import { Inject, Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Clock } from '../domain/clock.js';
import type { Database } from '../storage/database/schema.js';
import { shortenWaits } from '../storage/outbox/shorten-waits.js';
import { Deliverer } from '../delivery/deliverer.js';

/** For so long after the clock went back, a batch or another replica may still write times of the clock as it was. */
const unsettledMs = 15_000;
const everyMsUnsettled = 5_000;
/** A clock that was put forth and back between two looks is not noticed, and what it wrote is found by then. */
const everyMs = 300_000;

/** Finds the waits that a clock wrote which has gone back since: at the start, and whenever it sees the clock go back. */
@Injectable()
export class ClockWatch {
  /** What the clock showed last; the run before this one may have had a clock that was ahead. */
  private shown = Number.POSITIVE_INFINITY;
  private unsettledUntil = Number.NEGATIVE_INFINITY;
  private nextAt = Number.NEGATIVE_INFINITY;

  constructor(
    @Inject(Kysely) private readonly db: Kysely<Database>,
    private readonly deliverer: Deliverer,
    private readonly clock: Clock,
  ) {}

  async check(): Promise<void> {
    const now = this.clock.now();
    if (now < this.shown) {
      this.unsettledUntil = now + unsettledMs;
      this.nextAt = now;
    }
    this.shown = now;
    if (now < this.nextAt) return;
    const channels = await shortenWaits(this.db, now);
    this.nextAt = now + (now < this.unsettledUntil ? everyMsUnsettled : everyMs);
    if (channels.size > 0) this.deliverer.wake(channels);
  }
}
