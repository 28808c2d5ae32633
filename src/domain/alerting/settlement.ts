import type { NewDelivery } from '../stores.js';
import type { Attempt, NextStep } from './retry-policy.js';
import type { SendOutcome } from './send-outcome.js';

/** What the channel said when it refused. `unknown`: no answer that its documentation names. */
export interface AttemptError {
  readonly text: string;
  readonly unknown: boolean;
}

/** What an attempt changes in its delivery; what is absent stays as it is. Times are ms since the epoch. */
export interface DeliveryChange {
  readonly status?: 'delivered' | 'retrying' | 'dead';
  readonly attempts?: number;
  readonly firstTriedAt?: number;
  readonly nextAt?: number;
  readonly finishedAt?: number;
  /** Slack's name for the message; null where Slack gave none. */
  readonly ts?: string | null;
  readonly lastError?: string | null;
  /** The next attempt posts minimal plain text. */
  readonly plain?: true;
  /** An attempt may have been posted although it got no answer. */
  readonly possiblyRepeated?: true;
}

/** The state of a channel after an attempt. */
export interface ChannelChange {
  /** When the channel is posted to again, in ms since the epoch; 0: at once. */
  readonly heldUntil: number;
  /** Why the channel is paused, null when it is not. Absent: as before, since the answer said nothing about the channel. */
  readonly paused?: string | null;
  /** Whether the answer was one more undocumented refusal in a row. */
  readonly unknownRefusal: boolean;
}

/** Everything that follows from one attempt, which the outbox writes in one transaction. */
export interface Settlement {
  readonly step: NextStep;
  readonly error?: AttemptError;
  readonly delivery: DeliveryChange;
  readonly channel: ChannelChange;
  /** The channels that are paused with this one, because they share its token. */
  readonly pausedWith: readonly string[];
  /** What operators are sent about it. */
  readonly notice?: NewDelivery;
}

/** What the channel said, if it refused. */
export function errorOf(outcome: SendOutcome): AttemptError | undefined {
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

/** Decides what an attempt at `now` with that next step changes in its delivery and its channel. */
export function settlementAfter(
  step: NextStep,
  attempt: Pick<Attempt, 'attempts' | 'firstTriedAt'>,
  error: AttemptError | undefined,
  now: number,
  besides: Partial<Pick<Settlement, 'pausedWith' | 'notice'>> = {},
): Settlement {
  return {
    step,
    ...(error !== undefined && { error }),
    delivery: deliveryChange(step, attempt, error?.text ?? null, now),
    channel: channelChange(step, error),
    pausedWith: [],
    ...besides,
  };
}

function deliveryChange(
  step: NextStep,
  { attempts, firstTriedAt }: Pick<Attempt, 'attempts' | 'firstTriedAt'>,
  lastError: string | null,
  now: number,
): DeliveryChange {
  switch (step.kind) {
    case 'delivered':
      return { status: 'delivered', attempts: attempts + 1, finishedAt: now, ts: step.ts ?? null };
    case 'retry':
      return {
        status: 'retrying',
        attempts: attempts + 1,
        firstTriedAt: Math.min(firstTriedAt ?? now, now),
        nextAt: step.at,
        lastError,
        ...(step.possiblyPosted && { possiblyRepeated: true }),
      };
    case 'resend-plain':
      return { status: 'retrying', attempts: attempts + 1, nextAt: now, lastError, plain: true };
    case 'dead':
      return { status: 'dead', attempts: attempts + 1, lastError, finishedAt: now };
    case 'hold-channel':
    case 'pause-channel':
      return { lastError };
  }
}

function channelChange(step: NextStep, error: AttemptError | undefined): ChannelChange {
  const unknownRefusal = error?.unknown ?? false;
  switch (step.kind) {
    case 'pause-channel':
      return { heldUntil: step.until, paused: error?.text ?? null, unknownRefusal };
    case 'hold-channel':
      return { heldUntil: step.until, unknownRefusal };
    case 'retry':
      return { heldUntil: 0, unknownRefusal };
    case 'delivered':
    case 'resend-plain':
    case 'dead':
      return { heldUntil: 0, paused: null, unknownRefusal };
  }
}
