import { Injectable, Logger } from '@nestjs/common';
import type { BatchResult } from '../domain/pipeline.js';
import { Deliverer } from '../delivery/deliverer.js';
import { Metrics } from '../metrics/metrics.js';
import { DueWindows } from './due-windows.js';
import { Watchdog } from './watchdog.js';

/** What follows when a batch has arrived and when its alerts are committed. Nothing here changes the answer to Auth0. */
@Injectable()
export class AfterCommit {
  private readonly logger = new Logger(AfterCommit.name);

  constructor(
    private readonly deliverer: Deliverer,
    private readonly windows: DueWindows,
    private readonly watchdog: Watchdog,
    private readonly metrics: Metrics,
  ) {}

  /** Notes for the heartbeat that a batch with at least one event arrived. Uses no database. */
  eventArrived(now: number): void {
    this.watchdog.eventArrived(now);
  }

  /** Wakes the delivery and reports what was decided. Each step that fails is logged and keeps no other from running. */
  async committed(raised: BatchResult): Promise<void> {
    await this.attempt(() => this.deliverer.wake(raised.channels));
    await this.attempt(() => this.report(raised));
    await this.attempt(() => this.windows.evict(raised.crowded));
  }

  /** Runs work that follows a stored batch. An error is logged. */
  async attempt(work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.error(`The batch is stored, but a step that follows failed: ${String(error)}`);
    }
  }

  private report({ decisions, unknownChannels, templateFailures }: BatchResult): void {
    this.metrics.decided(decisions);
    for (const name of unknownChannels)
      this.logger.warn(
        `There is no channel ${JSON.stringify(name)}. The alert went to the default channels.`,
      );
    for (const [rule, why] of templateFailures)
      this.logger.warn(`A template of the rule ${rule} failed: ${JSON.stringify(why)}`);
  }
}
