import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock, Timer } from '../domain/clock.js';
import { defaultRetryPolicy } from '../domain/alerting/retry-policy.js';
import { Ids } from '../domain/stores.js';
import { Settings } from '../config/settings.js';
import { Metrics } from '../metrics/metrics.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { Bus } from '../storage/database/bus.js';
import { DeliveryQueue } from '../storage/outbox/delivery-queue.js';
import { Outage } from '../app/outage.js';
import { Attempts } from './attempts.js';
import { BudgetTurns } from './budget-turns.js';
import { ChannelLeases } from './channel-lease.js';
import { ChannelWorker, type WorkerTools } from './channel-worker.js';
import { ChannelWorkers } from './channel-workers.js';
import { DeliveryLog } from './delivery-log.js';
import { deliveryRules } from './delivery-rules.js';
import { Poster } from '../domain/channel.js';

/** Keeps one worker for each channel of the rules that has, or had, something to post. */
@Injectable()
export class Deliverer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Deliverer.name);
  private readonly outage = new Outage(
    this.logger,
    'delivery failed and goes on by itself',
    'messages are delivered again',
  );
  private readonly workers: ChannelWorkers;
  private stopped = false;

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly rules: CurrentRules,
    private readonly leases: ChannelLeases,
    private readonly bus: Bus,
    poster: Poster,
    clock: Clock,
    timer: Timer,
    ids: Ids,
    metrics: Metrics,
    settings: Settings,
  ) {
    const log = new DeliveryLog(this.logger, clock, (id, most) => queue.alertsOf(id, most));
    const deliveryRulesNow = deliveryRules(rules, settings);
    const tools: WorkerTools = {
      queue,
      leases,
      turns: new BudgetTurns(),
      attempts: new Attempts(
        poster,
        deliveryRulesNow,
        ids,
        defaultRetryPolicy,
        Math.random,
        (channel, durationMs) => metrics.posted(channel, durationMs),
      ),
      rules: deliveryRulesNow,
      clock,
      timer,
      reports: {
        settled: async (delivery, settlement) => {
          metrics.attempted(delivery.channel, settlement.step.kind);
          this.outage.worked();
          await log.attempted(delivery, settlement);
        },
        wake: (channel) => this.wake([channel]),
        failed: (error) => this.outage.failed(error),
      },
    };
    this.workers = new ChannelWorkers((channel) => new ChannelWorker(channel, tools));
  }

  /** Takes up what an earlier run left waiting. */
  async onApplicationBootstrap(): Promise<void> {
    this.rules.onChange(() => this.rulesChanged());
    this.leases.start();
    try {
      this.wakeHere(await this.queue.channels());
    } catch (error) {
      // The database may have gone away since it was connected; WaitingChannels looks again every few seconds.
      this.logger.warn(`the messages that an earlier run left are looked for again: ${String(error)}`);
    }
  }

  /** Says on every replica that something new is waiting for these channels. */
  wake(channels: Iterable<string>): void {
    const names = [...channels];
    this.wakeHere(names);
    this.bus.publish('deliveries', names);
  }

  /** Says on this replica that something may be waiting for these channels. */
  wakeHere(channels: Iterable<string>): void {
    if (!this.stopped) this.workers.wake(channels);
  }

  /** Ends the workers of channels that the rules no longer have and that nothing waits for. */
  async retire(waiting: ReadonlySet<string>): Promise<void> {
    const { channels } = this.rules.current;
    const gone = await this.workers.retire((channel) => channels.has(channel) || waiting.has(channel));
    for (const channel of gone) await this.leases.giveUp(channel);
  }

  /** Finishes the posts in flight; what waits stays in the outbox. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.workers.stop();
    await this.leases.stop();
    this.bus.publish('deliveries', this.workers.channels);
  }

  /** A new rules file may have mended a paused channel. */
  private async rulesChanged(): Promise<void> {
    try {
      await this.queue.probePaused();
    } catch (error) {
      this.logger.warn(`paused channels could not be released early: ${String(error)}`);
    }
    this.workers.lookAgain();
  }
}
