import type { Message, Notice } from '../domain/alerting/message.js';
import { nextStep, type NextStep, type RetryPolicy } from '../domain/alerting/retry-policy.js';
import type { SendOutcome } from '../domain/alerting/send-outcome.js';
import {
  errorOf,
  settlementAfter,
  type AttemptError,
  type Settlement,
} from '../domain/alerting/settlement.js';
import type { Poster } from '../domain/channel.js';
import type { Ids, NewDelivery } from '../domain/stores.js';
import type { DueDelivery } from '../storage/outbox/delivery-queue.js';
import { fallbackOf, type DeliveryRules } from './delivery-rules.js';
import { pausedNotice, refusalNotice } from './refusal-notice.js';

/** Makes one attempt to post a delivery, and decides what follows from its outcome. */
export class Attempts {
  /**
   * @param random returns a number in [0, 1)
   * @param posted is called after each post, whatever its outcome
   */
  constructor(
    private readonly poster: Poster,
    private readonly rules: DeliveryRules,
    private readonly ids: Ids,
    private readonly policy: RetryPolicy,
    private readonly random: () => number,
    private readonly posted: (channel: string, durationMs: number) => void = () => undefined,
  ) {}

  async make(delivery: DueDelivery): Promise<SendOutcome> {
    const begunAt = performance.now();
    const outcome = await this.post(delivery);
    this.posted(delivery.channel, performance.now() - begunAt);
    return outcome;
  }

  edit(channel: string, message: Message, ts: string): Promise<SendOutcome> {
    return this.poster.update(channel, message, ts);
  }

  settle(delivery: DueDelivery, outcome: SendOutcome, now: number): Settlement {
    const step = this.stepAfter(outcome, delivery, now);
    const error = errorOf(outcome);
    const notice = this.noticeFor(delivery, step, error, now);
    return settlementAfter(step, delivery, error, now, {
      pausedWith: outcome.kind === 'token-refused' ? this.rules.botChannels() : [],
      ...(notice !== undefined && { notice }),
    });
  }

  private async post({ channel, message, edits, plain, thread }: DueDelivery): Promise<SendOutcome> {
    if (edits === undefined) {
      // A thread that took no reply is left alone: the plain message goes to the channel itself.
      return this.poster.post(channel, message, plain ? 'plain' : 'full', plain ? undefined : thread);
    }
    const outcome = await this.poster.update(channel, message, edits.ts);
    // Somebody deleted the message, or it can't be edited any more: there is nothing left to edit.
    const isOver = outcome.kind === 'thread-refused' || outcome.kind === 'message-refused';
    return isOver ? { kind: 'accepted', ts: edits.ts } : outcome;
  }

  private stepAfter(outcome: SendOutcome, delivery: DueDelivery, now: number): NextStep {
    // A probe that got no answer says nothing about its channel, which stays paused until the next probe.
    if (delivery.probe && outcome.kind === 'retry')
      return { kind: 'hold-channel', until: now + this.policy.probeEveryMs };
    return nextStep(outcome, delivery, this.policy, now, this.random());
  }

  private noticeFor(
    { channel, message, probe }: DueDelivery,
    step: NextStep,
    error: AttemptError | undefined,
    now: number,
  ): NewDelivery | undefined {
    const ops = this.rules.opsChannel();
    const isOps = ops === channel;
    const pauses = step.kind === 'pause-channel';
    if (pauses && probe) return undefined;
    const text = error?.text ?? '';
    const fallback = fallbackOf(this.rules, channel);
    if (isOps && step.kind === 'dead' && message.kind === 'notice')
      return this.newNotice(fallback, message.notice);
    if (isOps && pauses) return this.newNotice(fallback, pausedNotice(channel, text, now));
    return this.newNotice(ops, refusalNotice(channel, message, step, text, now));
  }

  private newNotice(channel: string | undefined, notice: Notice | undefined): NewDelivery | undefined {
    if (channel === undefined || notice === undefined) return undefined;
    return { id: this.ids.next(), channel, notice };
  }
}
