import { Inject, Injectable, Logger } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Clock, Timer } from '../domain/clock.js';
import { Ids } from '../domain/stores.js';
import type { Database } from '../storage/database/schema.js';
import { writeFollowUps } from '../storage/windows/due-follow-ups.js';
import { writeThrottleSummaries } from '../storage/throttles/throttle-summaries-store.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { Outage } from '../app/outage.js';
import { Repeating } from '../app/repeating.js';
import { ClockWatch } from './clock-watch.js';
import { Deliverer } from '../delivery/deliverer.js';
import { DueWindows } from './due-windows.js';
import { Reminders } from './reminders.js';
import { SilenceService } from './silence-service.js';
import { Watchdog } from './watchdog.js';

const everyMs = 1_000;

/** Does what falls due by the clock, with no event to drive it. */
@Injectable()
export class Scheduler extends Repeating {
  private readonly logger = new Logger(Scheduler.name);
  private readonly outages = new Map<string, Outage>();

  constructor(
    @Inject(Kysely) private readonly db: Kysely<Database>,
    private readonly deliverer: Deliverer,
    private readonly clock: Clock,
    timer: Timer,
    private readonly ids: Ids,
    private readonly rules: CurrentRules,
    private readonly clockWatch: ClockWatch,
    private readonly windows: DueWindows,
    private readonly silences: SilenceService,
    private readonly reminders: Reminders,
    private readonly watchdog: Watchdog,
  ) {
    super(timer);
  }

  protected override async step(): Promise<number> {
    await this.attempt('clocks', () => this.clockWatch.check());
    await this.attempt('windows', () => this.windows.raise());
    await this.attempt('throttle summaries', () => this.throttleSummaries());
    await this.attempt('follow-ups', () => this.followUps());
    await this.attempt('reminders', () => this.reminders.write());
    await this.attempt('silences', () => this.silences.endDue());
    await this.attempt('the heartbeat', () => this.watchdog.check());
    return everyMs;
  }

  /** One that fails doesn't keep the others from their turn. */
  private async attempt(what: string, work: () => Promise<void>): Promise<void> {
    const outage =
      this.outages.get(what) ??
      new Outage(
        this.logger,
        `what is due by the clock fails and is tried again every second, here ${what}`,
        `what is due by the clock is done again, here ${what},`,
      );
    this.outages.set(what, outage);
    try {
      await work();
      outage.worked();
    } catch (error) {
      outage.failed(error);
    }
  }

  private async followUps(): Promise<void> {
    const canEdit = (channel: string): boolean =>
      this.rules.current.channels.get(channel)?.target.kind === 'bot';
    this.deliverer.wake(await writeFollowUps(this.db, this.ids, this.clock.now(), canEdit));
  }

  private async throttleSummaries(): Promise<void> {
    this.deliverer.wake(await writeThrottleSummaries(this.db, this.ids, this.clock.now()));
  }
}
