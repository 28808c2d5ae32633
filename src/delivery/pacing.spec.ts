import { DeliveryBench } from '../../test/support/delivery-bench.js';
import type { SendOutcome } from '../domain/alerting/send-outcome.js';

const rate = { perSecond: 1, burst: 3 };
const titles = (count: number): string[] => Array.from({ length: count }, (_, index) => `title ${index + 1}`);

describe('a channel that takes one message a second, and three at once', () => {
  let bench: DeliveryBench;

  beforeEach(async () => {
    bench = await DeliveryBench.open();
    bench.pace = { budgets: [{ name: 'channel', rate }], digestAfterMs: 10_000 };
  });

  afterEach(() => bench.close());

  it('gets three at once and then one a second', async () => {
    await bench.add('security', titles(6));
    await bench.start('security');
    await bench.timer.advance(10_000);
    expect(bench.posted).toEqual([
      '0 s security: title 1',
      '0 s security: title 2',
      '0 s security: title 3',
      '1 s security: title 4',
      '2 s security: title 5',
      '3 s security: title 6',
    ]);
  });

  it('gets each message while all of them can go out within ten seconds', async () => {
    await bench.add('security', titles(13));
    await bench.start('security');
    await bench.timer.advance(20_000);
    expect(bench.posted).toHaveLength(13);
    expect(bench.posted.at(-1)).toBe('10 s security: title 13');
  });

  it('gets one message that counts when they can not, every alert in it', async () => {
    await bench.add('security', titles(1200));
    await bench.start('security');
    expect(bench.posted).toEqual(['0 s security: 1200 alerts']);
    expect(await bench.outbox()).toEqual(['security: delivered after 1']);
  });

  it('gets what comes after a digest in messages of its own', async () => {
    await bench.add('security', titles(20));
    await bench.start('security');
    await bench.add('security', ['later']);
    bench.worker('security').wake();
    await bench.timer.asleep();
    expect(bench.posted).toEqual(['0 s security: 20 alerts', '0 s security: later']);
  });

  it('is not looked at before it can take a message again, unless its pace may have changed', async () => {
    await bench.add('security', titles(4));
    await bench.start('security');
    await bench.add('security', ['later']);
    bench.worker('security').wake();
    await new Promise(setImmediate);
    expect(bench.queue.looks).toBe(4);
    bench.pace = undefined;
    bench.worker('security').lookAgain();
    await bench.timer.asleep();
    expect(bench.posted.slice(3)).toEqual(['0 s security: title 4', '0 s security: later']);
  });

  it('never merges a message that has been tried, which Slack may show already', async () => {
    const lost: SendOutcome = { kind: 'retry', error: 'timeout', possiblyPosted: true };
    await bench.add('security', ['tried']);
    bench.poster.answerNext(lost);
    await bench.start('security');
    await bench.add('security', titles(20));
    bench.worker('security').wake();
    await bench.timer.asleep();
    await bench.timer.advance(10_000);
    expect(bench.posted.toSorted()).toEqual([
      '0 s security: 20 alerts',
      '0 s security: tried',
      '1 s security: tried',
    ]);
  });

  it('shares its budget with another name of the same channel', async () => {
    await bench.add('security', titles(3));
    await bench.add('iam', ['other name']);
    await bench.start('security');
    bench.worker('iam').start();
    await bench.timer.asleep(2);
    await bench.timer.advance(2_000);
    expect(bench.posted.at(-1)).toBe('1 s iam: other name');
  });
});

describe('channels that share a workspace', () => {
  it('post what is more severe first where its budget is short, whichever waited longer', async () => {
    const bench = await DeliveryBench.open();
    try {
      bench.pace = {
        budgets: [{ name: 'workspace', rate: { perSecond: 1, burst: 10 }, shared: true }],
        digestAfterMs: 60_000,
      };
      const start = bench.clock.now();
      await bench.add('first', titles(9), start, 'critical');
      await bench.start('first');
      await bench.add('lows', titles(2), start, 'low');
      await bench.start('first', 'lows');
      await bench.add('criticals', titles(4), start, 'critical');
      await bench.add('highs', titles(2), start, 'high');
      await bench.start('first', 'lows', 'highs', 'criticals');
      await bench.timer.advance(30_000);
      expect(bench.posted.slice(9).map((line) => line.replace(/^[\d.]+ s /, ''))).toEqual([
        'criticals: title 1',
        'criticals: title 2',
        'criticals: title 3',
        'criticals: title 4',
        'highs: title 1',
        'highs: title 2',
        'lows: title 1',
        'lows: title 2',
      ]);
    } finally {
      await bench.close();
    }
  });

  it('sleep until their turn, however many wait', async () => {
    const bench = await DeliveryBench.open();
    try {
      bench.pace = {
        budgets: [{ name: 'workspace', rate: { perSecond: 5, burst: 5 }, shared: true }],
        digestAfterMs: 600_000,
      };
      const channels = Array.from({ length: 50 }, (_, index) => `channel-${index}`);
      for (const channel of channels) await bench.add(channel, ['title'], bench.clock.now(), 'critical');
      await bench.start(...channels);
      await bench.timer.advance(10_000);
      expect(bench.posted).toHaveLength(50);
      // Each looks once when it starts, once at its turn, and once more when its message is out.
      expect(bench.queue.looks).toBeLessThanOrEqual(3 * channels.length);
    } finally {
      await bench.close();
    }
  });
});
