import { SpanKind, type Span } from '@opentelemetry/api';
import type { Clock, Timer } from '../domain/clock.js';
import type { SendOutcome } from '../domain/alerting/send-outcome.js';
import type { Settlement } from '../domain/alerting/settlement.js';
import type { DeliveryQueue, DueDelivery } from '../storage/outbox/delivery-queue.js';
import type { Attempts } from './attempts.js';
import type { BudgetTurns } from './budget-turns.js';
import type { ChannelLeases } from './channel-lease.js';
import { inDeliverySpan } from './delivery-span.js';
import { fallbackOf, type DeliveryRules } from './delivery-rules.js';
import { failSpan, withinSpan } from '../tracing/spans.js';

/** What a worker works with. */
export interface WorkerTools {
  readonly queue: DeliveryQueue;
  readonly leases: ChannelLeases;
  readonly turns: BudgetTurns;
  readonly attempts: Attempts;
  readonly rules: DeliveryRules;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly reports: WorkerReports;
}

/** What a worker reports to those around it. */
export interface WorkerReports {
  /** An attempt's outcome is on disk. */
  settled(delivery: DueDelivery, settlement: Settlement): Promise<void>;
  /** Something was put into another channel's queue. */
  wake(channel: string): void;
  /** Something went wrong outside the channel itself; the worker goes on. */
  failed(error: unknown): void;
}

/** How long a worker sleeps when nothing is waiting, and after the database failed, in ms. */
const idleMs = 60_000;
const afterErrorMs = 1_000;

/** Posts one channel's messages, one at a time, oldest first. */
export class ChannelWorker {
  private sleeping = new AbortController();
  private paced = false;
  private stopping = false;
  private finished: Promise<void> | undefined;

  constructor(
    readonly channel: string,
    private readonly tools: WorkerTools,
  ) {}

  start(): void {
    this.finished ??= this.run();
  }

  /** Something may be waiting: looks into the queue now, or as soon as its pace lets anything out. */
  wake(): void {
    if (!this.paced) this.sleeping.abort();
  }

  /** Looks into the queue now, because the pace itself may have changed. */
  lookAgain(): void {
    this.sleeping.abort();
  }

  /** Resolves when the post in flight has ended and its outcome is on disk. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.sleeping.abort();
    await this.finished;
    this.tools.turns.leave(this.channel);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      // Made before looking, so that what is committed while it looks wakes it again.
      this.sleeping = new AbortController();
      const { signal } = this.sleeping;
      const pause = await this.step();
      if (pause > 0 && !this.stopping) await this.tools.timer.wait(pause, signal);
      this.paced = false;
    }
  }

  /** Does what is due and says how long nothing will be, in ms. */
  private async step(): Promise<number> {
    const { queue, leases, turns, clock, rules, reports } = this.tools;
    try {
      const pause = await leases.take(this.channel);
      if (pause > 0) {
        turns.leave(this.channel);
        return pause;
      }
      const now = clock.now();
      await this.moveNotices(now);
      const next = await queue.next(this.channel, now, rules.paceOf(this.channel));
      switch (next.kind) {
        case 'none':
          turns.leave(this.channel);
          return Math.min(idleMs, (next.until ?? now + idleMs) - now);
        case 'paced':
          this.paced = true;
          return next.shared === undefined ? next.waitMs : turns.join(this.channel, next.waitMs, next.shared);
        case 'due':
          turns.leave(this.channel);
          await this.deliver(next.delivery);
          return 0;
      }
    } catch (error) {
      reports.failed(error);
      return afterErrorMs;
    }
  }

  /** Sends the notices that can't go here on to another channel. Between two posts, so that none is posted twice. */
  private async moveNotices(now: number): Promise<void> {
    const fallback = fallbackOf(this.tools.rules, this.channel);
    if (fallback === undefined) return;
    const moved = await this.tools.queue.moveNotices(this.channel, fallback, now);
    if (moved > 0) this.tools.reports.wake(fallback);
  }

  private async deliver(delivery: DueDelivery): Promise<void> {
    const { queue, reports } = this.tools;
    const settlement = await inDeliverySpan(delivery, queue, (span) => this.attempt(delivery, span));
    await reports.settled(delivery, settlement);
    if (settlement.notice !== undefined) reports.wake(settlement.notice.channel);
    const isRepeat = delivery.thread !== undefined && delivery.message.kind !== 'notice';
    if (settlement.step.kind === 'delivered' && isRepeat && delivery.edits === undefined)
      await this.countRepeats(delivery.thread);
  }

  private async attempt(delivery: DueDelivery, span: Span): Promise<Settlement> {
    const { queue, attempts, clock } = this.tools;
    const outcome = await withinSpan(span, 'post', (post) => this.post(delivery, post), SpanKind.CLIENT);
    const now = clock.now();
    const settle = async (): Promise<Settlement> => {
      const decided = attempts.settle(delivery, outcome, now);
      await queue.settle(delivery, decided, now);
      return decided;
    };
    return withinSpan(span, 'settle', () => this.untilItWorks(settle));
  }

  private async post(delivery: DueDelivery, span: Span): Promise<SendOutcome> {
    const outcome = await this.tools.attempts.make(delivery);
    if (outcome.kind !== 'accepted') failSpan(span, outcome.kind);
    return outcome;
  }

  /** Says on the message that opened a thread how many replies it has. A later reply mends a count that failed. */
  private async countRepeats({ ts, openedBy }: NonNullable<DueDelivery['thread']>): Promise<void> {
    const message = await this.tools.queue.openingMessage(openedBy);
    if (message !== undefined) await this.tools.attempts.edit(this.channel, message, ts);
  }

  /** Repeats a write until the database takes it, because the message would be posted again otherwise. */
  private async untilItWorks<T>(write: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (this.stopping) throw error;
        this.tools.reports.failed(error);
        this.sleeping = new AbortController();
        await this.tools.timer.wait(afterErrorMs, this.sleeping.signal);
      }
    }
  }
}
