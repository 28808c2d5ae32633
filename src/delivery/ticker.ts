import { Inject, Injectable, Logger } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Clock } from '../domain/clock.js';
import { Ids } from '../domain/stores.js';
import { Timer } from '../domain/timer.js';
import type { Database } from '../storage/schema.js';
import { writeThrottleSummaries } from '../storage/throttle-summaries-store.js';
import { Repeating } from '../system/repeating.js';
import { ClockWatch } from './clock-watch.js';
import { Deliverer } from './deliverer.js';
import { DueWindows } from './due-windows.js';
import { SilenceKeeper } from './silence-keeper.js';
import { Watchdog } from './watchdog.js';

const everyMs = 1_000;

/** Does what falls due by the clock, with no event to drive it. */
@Injectable()
export class Ticker extends Repeating {
  private readonly logger = new Logger(Ticker.name);

  constructor(
    @Inject(Kysely) private readonly db: Kysely<Database>,
    private readonly deliverer: Deliverer,
    private readonly clock: Clock,
    timer: Timer,
    private readonly ids: Ids,
    private readonly clockWatch: ClockWatch,
    private readonly windows: DueWindows,
    private readonly silences: SilenceKeeper,
    private readonly watchdog: Watchdog,
  ) {
    super(timer);
  }

  protected override async step(): Promise<number> {
    await this.attempt(() => this.clockWatch.check());
    await this.attempt(() => this.windows.raise());
    await this.attempt(() => this.throttleSummaries());
    await this.attempt(() => this.silences.endDue());
    await this.attempt(() => this.watchdog.check());
    return everyMs;
  }

  /** One that fails doesn't keep the others from their turn. */
  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.warn(`what is due by the clock waits for the next try: ${String(error)}`);
    }
  }

  private async throttleSummaries(): Promise<void> {
    this.deliverer.wake(await writeThrottleSummaries(this.db, this.ids, this.clock.now()));
  }
}
