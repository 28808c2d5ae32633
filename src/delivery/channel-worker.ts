import type { Clock, Timer } from '../domain/clock.js';
import type { Notice } from '../domain/alerting/message.js';
import { nextStep, type NextStep, type RetryPolicy } from '../domain/alerting/retry-policy.js';
import type { SendOutcome } from '../domain/alerting/send-outcome.js';
import type { Ids, NewDelivery } from '../domain/stores.js';
import type { AttemptError, DeliveryQueue, DueDelivery, Pace } from '../storage/outbox/delivery-queue.js';
import type { ChannelLeases } from './channel-lease.js';
import type { DeliveryLog } from './delivery-log.js';
import type { Poster } from '../domain/channel.js';
import { pausedNotice, refusalNotice } from './refusal-notice.js';

/** What a worker works with. */
export interface WorkerTools {
  readonly queue: DeliveryQueue;
  readonly leases: ChannelLeases;
  readonly poster: Poster;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly ids: Ids;
  readonly policy: RetryPolicy;
  /** In [0, 1). */
  readonly random: () => number;
  /** How fast the channel may be posted to; undefined: as fast as it takes messages. */
  readonly paceOf: (channel: string) => Pace | undefined;
  /** The channels that are posted to with the bot token, which are paused together when it is refused. */
  readonly botChannels: () => readonly string[];
  /** Where notices go now, if anywhere. */
  readonly opsChannel: () => string | undefined;
  /** Where those go that can't go there, if anywhere. */
  readonly opsFallback: () => string | undefined;
  /** Something was put into another channel's queue. */
  readonly wake: (channel: string) => void;
  readonly onStep: (channel: string, step: NextStep['kind']) => void;
  readonly log: DeliveryLog;
  /** Called with everything that goes wrong outside the channel itself; the worker goes on. */
  readonly onError: (error: unknown) => void;
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
    const { queue, leases, clock, onError } = this.tools;
    try {
      const pause = await leases.take(this.channel);
      if (pause > 0) return pause;
      const now = clock.now();
      await this.moveNotices(now);
      const next = await queue.next(this.channel, now, this.tools.paceOf(this.channel));
      switch (next.kind) {
        case 'none':
          return Math.min(idleMs, (next.until ?? now + idleMs) - now);
        case 'paced':
          this.paced = true;
          return next.until - now;
        case 'due':
          await this.deliver(next.delivery);
          return 0;
      }
    } catch (error) {
      onError(error);
      return afterErrorMs;
    }
  }

  /** Sends the notices that can't go here on to another channel. Between two posts, so that none is posted twice. */
  private async moveNotices(now: number): Promise<void> {
    const fallback = this.fallback();
    if (fallback === undefined) return;
    const moved = await this.tools.queue.moveNotices(this.channel, fallback, now);
    if (moved > 0) this.tools.wake(fallback);
  }

  /** Where this channel's notices go when they can't go here. */
  private fallback(): string | undefined {
    return this.tools.opsChannel() === this.channel ? this.tools.opsFallback() : undefined;
  }

  private async deliver(delivery: DueDelivery): Promise<void> {
    const { queue, clock, wake, onStep } = this.tools;
    const outcome = await this.post(delivery);
    const now = clock.now();
    const step = this.stepAfter(outcome, delivery, now);
    const error = errorOf(outcome);
    const pausedWith = outcome.kind === 'token-refused' ? this.tools.botChannels() : [];
    const notice = await this.untilItWorks(async () => {
      const raised = this.noticeFor(delivery, step, error, now);
      await queue.settle(delivery, step, error, raised, now, pausedWith);
      return raised;
    });
    onStep(this.channel, step.kind);
    await this.tools.log.attempted(delivery, step, error?.text, pausedWith);
    if (notice !== undefined) wake(notice.channel);
    if (step.kind === 'delivered' && delivery.thread !== undefined) await this.countRepeats(delivery.thread);
  }

  private async post({ message, edits, plain, thread }: DueDelivery): Promise<SendOutcome> {
    const { poster } = this.tools;
    if (edits === undefined) {
      // A thread that took no reply is left alone: the plain message goes to the channel itself.
      return poster.post(this.channel, message, plain ? 'plain' : 'full', plain ? undefined : thread);
    }
    const outcome = await poster.update(this.channel, message, edits.ts);
    // Somebody deleted the message, or it can't be edited any more: there is nothing left to edit.
    const isOver = outcome.kind === 'thread-refused' || outcome.kind === 'message-refused';
    return isOver ? { kind: 'accepted', ts: edits.ts } : outcome;
  }

  /** Says on the message that opened a thread how many replies it has. A later reply mends a count that failed. */
  private async countRepeats({
    ts,
    openedBy,
  }: {
    readonly ts: string;
    readonly openedBy: string;
  }): Promise<void> {
    const message = await this.tools.queue.openingMessage(openedBy);
    if (message !== undefined) await this.tools.poster.update(this.channel, message, ts);
  }

  private stepAfter(outcome: SendOutcome, delivery: DueDelivery, now: number): NextStep {
    const { policy, random } = this.tools;
    // A probe that got no answer says nothing about its channel, which stays paused until the next probe.
    if (delivery.probe && outcome.kind === 'retry')
      return { kind: 'hold-channel', until: now + policy.probeEveryMs };
    return nextStep(outcome, delivery, policy, now, random());
  }

  /** Repeats a write until the database takes it, because the message would be posted again otherwise. */
  private async untilItWorks<T>(write: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (this.stopping) throw error;
        this.tools.onError(error);
        this.sleeping = new AbortController();
        await this.tools.timer.wait(afterErrorMs, this.sleeping.signal);
      }
    }
  }

  private noticeFor(
    delivery: DueDelivery,
    step: NextStep,
    error: AttemptError | undefined,
    now: number,
  ): NewDelivery | undefined {
    const ops = this.tools.opsChannel();
    const isOps = ops === this.channel;
    const pauses = step.kind === 'pause-channel';
    if (pauses && delivery.probe) return undefined;
    const { message } = delivery;
    const text = error?.text ?? '';
    const isDeadNotice = step.kind === 'dead' && message.kind === 'notice';
    if (isOps && isDeadNotice) return this.newNotice(this.fallback(), message.notice);
    if (isOps && pauses) return this.newNotice(this.fallback(), pausedNotice(this.channel, text, now));
    return this.newNotice(ops, refusalNotice(this.channel, message, step, text, now));
  }

  private newNotice(channel: string | undefined, notice: Notice | undefined): NewDelivery | undefined {
    if (channel === undefined || notice === undefined) return undefined;
    return { id: this.tools.ids.next(), channel, notice };
  }
}

function errorOf(outcome: SendOutcome): AttemptError | undefined {
  switch (outcome.kind) {
    case 'accepted':
      return undefined;
    case 'message-refused':
      return { text: outcome.error, unknown: outcome.unknown ?? false };
    case 'retry':
    case 'hold':
    case 'channel-refused':
    case 'token-refused':
    case 'thread-refused':
      return { text: outcome.error, unknown: false };
  }
}
