import {
  defaultRetryPolicy,
  nextStep,
  type Attempt,
  type NextStep,
  type RetryPolicy,
} from './retry-policy.js';
import type { SendOutcome } from './send-outcome.js';

const now = 1_000_000_000;
const policy: RetryPolicy = {
  firstDelayMs: 2_000,
  maxDelayMs: 300_000,
  giveUpAfterMs: 86_400_000,
  probeEveryMs: 60_000,
  maxUnknownRefusals: 3,
};
const first: Attempt = { attempts: 0, firstTriedAt: now, plain: false, unknownRefusals: 0 };
const retry = { kind: 'retry', error: '503', possiblyPosted: false } as const;

function step(outcome: SendOutcome, attempt: Partial<Attempt> = {}, random = 0.5): NextStep {
  return nextStep(outcome, { ...first, ...attempt }, policy, now, random);
}

describe('nextStep', () => {
  it.each<readonly [sentence: string, outcome: SendOutcome, attempt: Partial<Attempt>, expected: NextStep]>([
    ['an accepted message is delivered', { kind: 'accepted' }, {}, { kind: 'delivered' }],
    ['an accepted resend is delivered', { kind: 'accepted' }, { plain: true }, { kind: 'delivered' }],
    [
      'a message accepted at last is delivered',
      { kind: 'accepted' },
      { attempts: 50, firstTriedAt: now - policy.giveUpAfterMs },
      { kind: 'delivered' },
    ],
    [
      'a hold is for the whole channel, as long as it says',
      { kind: 'hold', error: 'rate_limited', ms: 30_000 },
      {},
      { kind: 'hold-channel', until: now + 30_000 },
    ],
    [
      'a hold never gives up',
      { kind: 'hold', error: 'rate_limited', ms: 1 },
      { attempts: 50, firstTriedAt: 0 },
      { kind: 'hold-channel', until: now + 1 },
    ],
    [
      'a refused channel rests until it is probed',
      { kind: 'channel-refused', error: 'channel_not_found' },
      {},
      { kind: 'pause-channel', until: now + 60_000 },
    ],
    [
      'a refused channel keeps its queue however old',
      { kind: 'channel-refused', error: 'channel_not_found' },
      { firstTriedAt: 0, plain: true },
      { kind: 'pause-channel', until: now + 60_000 },
    ],
    [
      'a refused token pauses',
      { kind: 'token-refused', error: 'invalid_auth' },
      { firstTriedAt: 0 },
      { kind: 'pause-channel', until: now + 60_000 },
    ],
    [
      'a refused message is sent once more in plain text',
      { kind: 'message-refused', error: 'invalid_blocks' },
      {},
      { kind: 'resend-plain' },
    ],
    [
      'a refused plain message is dead',
      { kind: 'message-refused', error: 'invalid_blocks' },
      { plain: true },
      { kind: 'dead' },
    ],
    [
      'a documented refusal never pauses the channel',
      { kind: 'message-refused', error: 'invalid_blocks' },
      { unknownRefusals: 99 },
      { kind: 'resend-plain' },
    ],
    [
      'an undocumented refusal is sent once more in plain text',
      { kind: 'message-refused', error: 'what', unknown: true },
      { unknownRefusals: 1 },
      { kind: 'resend-plain' },
    ],
    [
      'an undocumented refusal of the plain text is dead',
      { kind: 'message-refused', error: 'what', unknown: true },
      { unknownRefusals: 1, plain: true },
      { kind: 'dead' },
    ],
    [
      'so many undocumented refusals in a row pause the channel',
      { kind: 'message-refused', error: 'what', unknown: true },
      { unknownRefusals: 2 },
      { kind: 'pause-channel', until: now + 60_000 },
    ],
    [
      'they pause it before a message dies of them',
      { kind: 'message-refused', error: 'what', unknown: true },
      { unknownRefusals: 2, plain: true },
      { kind: 'pause-channel', until: now + 60_000 },
    ],
    [
      'a refused thread is left',
      { kind: 'thread-refused', error: 'cannot_reply_to_message' },
      {},
      { kind: 'resend-plain' },
    ],
    ['a retry waits', retry, {}, { kind: 'retry', at: now + 1_000, possiblyPosted: false }],
    [
      'a retry remembers that the channel may already show it',
      { ...retry, possiblyPosted: true },
      {},
      { kind: 'retry', at: now + 1_000, possiblyPosted: true },
    ],
    [
      'a slow retry waits the longest at once',
      { ...retry, slowly: true },
      {},
      { kind: 'retry', at: now + 300_000, possiblyPosted: false },
    ],
    ['a retry is given up after a day', retry, { firstTriedAt: now - 86_400_000 }, { kind: 'dead' }],
    [
      'a slow retry is given up too',
      { ...retry, slowly: true },
      { firstTriedAt: now - 86_400_000 },
      { kind: 'dead' },
    ],
    [
      'a retry is not given up before',
      retry,
      { firstTriedAt: now - 86_399_999 },
      { kind: 'retry', at: now + 1_000, possiblyPosted: false },
    ],
  ])('%s', (_, outcome, attempt, expected) => {
    expect(step(outcome, attempt)).toEqual(expected);
  });

  it.each([
    [0, 2_000],
    [1, 4_000],
    [2, 8_000],
    [3, 16_000],
    [7, 256_000],
    [8, 300_000],
    [9, 300_000],
    [5_000, 300_000],
  ])('after %d attempts waits up to %d ms, with full jitter', (attempts, ceiling) => {
    expect(step(retry, { attempts }, 0)).toMatchObject({ at: now });
    expect(step(retry, { attempts }, 0.25)).toMatchObject({ at: now + ceiling / 4 });
    expect(step(retry, { attempts }, 0.999_999_999)).toMatchObject({ at: now + ceiling });
  });

  it('by default backs off from 2 s to 5 min, for 24 h', () => {
    expect(defaultRetryPolicy).toMatchObject({
      firstDelayMs: 2_000,
      maxDelayMs: 300_000,
      giveUpAfterMs: 24 * 60 * 60 * 1_000,
    });
  });
});
