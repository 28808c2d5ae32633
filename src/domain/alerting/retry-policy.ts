import type { SendOutcome } from './send-outcome.js';

/** How a delivery is retried. All in ms. */
export interface RetryPolicy {
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** How long after its first attempt a delivery is given up. */
  readonly giveUpAfterMs: number;
  /** How long a refused channel stays paused before the next message is tried on it. */
  readonly probeEveryMs: number;
  /** So many undocumented refusals in a row pause the channel. */
  readonly maxUnknownRefusals: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  firstDelayMs: 2_000,
  maxDelayMs: 300_000,
  giveUpAfterMs: 86_400_000,
  probeEveryMs: 300_000,
  maxUnknownRefusals: 5,
};

/** No channel may ask to be left alone for longer than this, in ms. */
export const longestHoldMs = 900_000;

/** What the policy looks at besides the outcome. */
export interface Attempt {
  /** Attempts that counted before this one. */
  readonly attempts: number;
  /** When the first attempt that counted was made, in ms since the epoch; undefined when this is the first. */
  readonly firstTriedAt?: number;
  /** Whether this attempt already was the plain-text resend. */
  readonly plain: boolean;
  /** Undocumented refusals in a row on this channel before this one. */
  readonly unknownRefusals: number;
}

/** What the outbox does after an attempt. Times are ms since the epoch. */
export type NextStep =
  /** `ts`: Slack's name for the message, where Slack gave one. */
  | { readonly kind: 'delivered'; readonly ts?: string }
  | { readonly kind: 'retry'; readonly at: number; readonly possiblyPosted: boolean }
  /** Once more, at once, as minimal plain text. */
  | { readonly kind: 'resend-plain' }
  | { readonly kind: 'hold-channel'; readonly until: number }
  | { readonly kind: 'pause-channel'; readonly until: number }
  | { readonly kind: 'dead' };

/** Decides, by what came of an attempt, what becomes of the delivery. `random` is in [0, 1); backoff has full jitter. */
export function nextStep(
  outcome: SendOutcome,
  attempt: Attempt,
  policy: RetryPolicy,
  now: number,
  random: number,
): NextStep {
  switch (outcome.kind) {
    case 'accepted':
      return outcome.ts === undefined ? { kind: 'delivered' } : { kind: 'delivered', ts: outcome.ts };
    case 'hold':
      return { kind: 'hold-channel', until: now + outcome.ms };
    case 'channel-refused':
    case 'token-refused':
      return { kind: 'pause-channel', until: now + policy.probeEveryMs };
    case 'thread-refused':
    case 'message-refused':
      if (
        outcome.kind === 'message-refused' &&
        outcome.unknown &&
        attempt.unknownRefusals + 1 >= policy.maxUnknownRefusals
      ) {
        return { kind: 'pause-channel', until: now + policy.probeEveryMs };
      }
      return attempt.plain ? { kind: 'dead' } : { kind: 'resend-plain' };
    case 'retry': {
      if (now - (attempt.firstTriedAt ?? now) >= policy.giveUpAfterMs) return { kind: 'dead' };
      const ceiling = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** Math.min(attempt.attempts, 30));
      const delay = outcome.slowly ? policy.maxDelayMs : ceiling * random;
      return { kind: 'retry', at: Math.round(now + delay), possiblyPosted: outcome.possiblyPosted };
    }
  }
}
