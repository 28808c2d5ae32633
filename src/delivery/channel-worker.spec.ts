import { DeliveryBench } from '../../test/support/delivery-bench.js';
import type { SendOutcome } from '../domain/alerting/send-outcome.js';

const retry: SendOutcome = { kind: 'retry', error: 'HTTP 500', possiblyPosted: false };
const refused: SendOutcome = { kind: 'message-refused', error: 'invalid_blocks' };
const undocumented: SendOutcome = { kind: 'message-refused', error: 'no idea', unknown: true };
const channelRefused: SendOutcome = { kind: 'channel-refused', error: 'channel_not_found' };
const day = 86_400_000;

describe('ChannelWorker', () => {
  let bench: DeliveryBench;

  beforeEach(async () => {
    bench = await DeliveryBench.open();
  });

  afterEach(() => bench.close());

  it('posts what waits in its own channel, oldest first', async () => {
    await bench.add('security', ['first', 'second']);
    await bench.add('iam', ['elsewhere']);
    await bench.add('security', ['third']);
    await bench.start('security');
    expect(bench.posted).toEqual(['0 s security: first', '0 s security: second', '0 s security: third']);
    expect(await bench.outbox()).toEqual([
      'security: delivered after 1',
      'security: delivered after 1',
      'iam: pending after 0',
      'security: delivered after 1',
    ]);
    expect(bench.steps).toEqual(Array(3).fill('security: delivered'));
  });

  it('posts what comes in while it sleeps: at once when woken, otherwise within a minute', async () => {
    await bench.start('security');
    await bench.add('security', ['woken']);
    bench.worker('security').wake();
    await bench.timer.asleep();
    await bench.add('security', ['unnoticed']);
    await bench.timer.advance(60_000);
    expect(bench.posted).toEqual(['0 s security: woken', '60 s security: unnoticed']);
  });

  it('does not sleep over what is committed while it looks', async () => {
    bench.queue.afterLook = async () => {
      await bench.add('security', ['committed meanwhile']);
      bench.worker('security').wake();
    };
    await bench.start('security');
    expect(bench.posted).toEqual(['0 s security: committed meanwhile']);
  });

  describe('after an attempt without an answer', () => {
    it('tries again after twice the time each time, up to five minutes', async () => {
      await bench.add('security', ['a']);
      bench.poster.answerNext(...Array.from({ length: 10 }, () => retry));
      await bench.start('security');
      await bench.timer.advance(1_800_000);
      const times = bench.poster.posts.map(({ at }) => at);
      expect(times.slice(1).map((at, index) => (at - times[index]!) / 1000)).toEqual([
        1, 2, 4, 8, 16, 32, 64, 128, 150, 150,
      ]);
      expect(await bench.outbox()).toEqual(['security: delivered after 11']);
    });

    it('waits five minutes when the answer says that it takes long', async () => {
      await bench.add('security', ['a']);
      bench.poster.answerNext({
        kind: 'retry',
        error: 'service_unavailable',
        possiblyPosted: false,
        slowly: true,
      });
      await bench.start('security');
      await bench.timer.advance(600_000);
      expect(bench.posted).toEqual(['0 s security: a', '300 s security: a']);
    });

    it('posts the other messages meanwhile', async () => {
      await bench.add('security', ['a', 'b']);
      bench.poster.answerNext(retry);
      await bench.start('security');
      await bench.timer.advance(1_000);
      expect(bench.posted).toEqual(['0 s security: a', '0 s security: b', '1 s security: a']);
    });

    it('gives up after a day, and notifies ops', async () => {
      await bench.add('security', ['a']);
      const tries = Array.from({ length: 2_000 }, () => retry);
      bench.poster.answerNext(...tries);
      await bench.start('security');
      await bench.timer.advance(day + 300_000);
      expect(await bench.outbox()).toEqual([
        expect.stringMatching(/^security: dead after 5\d\d$/),
        'ops: pending after 0 (notice)',
      ]);
    });
  });

  it('holds the channel exactly as long as Slack says, at the cost of no attempt', async () => {
    await bench.add('security', ['a', 'b']);
    bench.poster.answerNext({ kind: 'hold', error: 'HTTP 429', ms: 90_500 });
    await bench.start('security');
    await bench.timer.advance(90_499);
    expect(bench.posted).toEqual(['0 s security: a']);
    await bench.timer.advance(1);
    expect(bench.posted.slice(1)).toEqual(['90.5 s security: a', '90.5 s security: b']);
    expect(await bench.outbox()).toEqual(['security: delivered after 1', 'security: delivered after 1']);
  });

  describe('when a message is refused', () => {
    it.each([refused, { kind: 'thread-refused', error: 'thread_locked' }] as const)(
      'sends it once more, at once, as plain text: $kind',
      async (outcome) => {
        await bench.add('security', ['a']);
        bench.poster.answerNext(outcome);
        await bench.start('security');
        expect(bench.posted).toEqual(['0 s security: a', '0 s security: a (plain)']);
        expect(await bench.outbox()).toEqual(['security: delivered after 2']);
      },
    );

    it('gives it up when the plain text is refused too, notifies ops, and goes on', async () => {
      await bench.add('security', ['a', 'b']);
      bench.poster.answerNext(refused, refused);
      await bench.start('ops', 'security');
      await bench.timer.asleep(2);
      expect(bench.posted.toSorted()).toEqual([
        '0 s ops: An alert could not be delivered to security',
        '0 s security: a',
        '0 s security: a (plain)',
        '0 s security: b',
      ]);
      expect(await bench.outbox()).toEqual([
        'security: dead after 2',
        'security: delivered after 1',
        'ops: delivered after 1 (notice)',
      ]);
    });

    it('pauses the channel after five undocumented refusals in a row', async () => {
      await bench.add('security', ['a', 'b', 'c', 'd']);
      bench.poster.answerNext(...Array.from({ length: 5 }, () => undocumented));
      await bench.start('security');
      expect(bench.posted).toHaveLength(5);
      expect((await bench.outbox()).slice(0, 4)).toEqual([
        'security: dead after 2',
        'security: dead after 2',
        'security: pending after 0',
        'security: pending after 0',
      ]);
    });
  });

  describe('when the channel is refused', () => {
    it.each([channelRefused, { kind: 'token-refused', error: 'invalid_auth' }] as const)(
      'keeps the queue, notifies ops once, and tries one message every five minutes: $kind',
      async (outcome) => {
        await bench.add('security', ['a', 'b', 'c']);
        bench.poster.answerNext(outcome);
        await bench.start('security');
        bench.poster.answerNext(outcome, outcome);
        await bench.timer.advance(899_999);
        expect(bench.posted).toEqual(['0 s security: a', '300 s security: a', '600 s security: a']);
        expect(await bench.outbox()).toEqual([
          ...Array<string>(3).fill('security: pending after 0'),
          'ops: pending after 0 (notice)',
        ]);
        await bench.timer.advance(1);
        expect(bench.posted.slice(3)).toEqual([
          '900 s security: a',
          '900 s security: b',
          '900 s security: c',
        ]);
      },
    );

    it('spends one message a probe also on a channel that does not answer', async () => {
      await bench.add('security', ['a', 'b', 'c'], bench.clock.now() - day);
      bench.poster.answerNext(channelRefused, retry, retry);
      await bench.start('security');
      await bench.timer.advance(600_000);
      expect(bench.posted).toEqual(['0 s security: a', '300 s security: a', '600 s security: a']);
      await bench.timer.advance(300_000);
      expect((await bench.outbox()).slice(0, 3)).toEqual(Array(3).fill('security: delivered after 1'));
    });

    it('tries at once when the pause was lifted', async () => {
      await bench.add('security', ['a']);
      bench.poster.answerNext(channelRefused);
      await bench.start('security');
      await bench.queue.probePaused();
      bench.worker('security').wake();
      await bench.timer.asleep();
      expect(bench.posted).toEqual(['0 s security: a', '0 s security: a']);
    });
  });

  describe('notices', () => {
    it.each([
      ['refused', [refused, refused], 'dead after 2'],
      ['without a channel', [channelRefused], 'pending after 0'],
    ])('make no further notice when they are %s', async (_case, outcomes, status) => {
      await bench.add('security', ['a']);
      bench.poster.answerNext(refused, refused);
      await bench.start('security');
      bench.poster.answerNext(...outcomes);
      bench.worker('ops').start();
      await bench.timer.asleep(2);
      expect(await bench.outbox()).toEqual(['security: dead after 2', `ops: ${status} (notice)`]);
    });

    it('are not written into the paused channel itself', async () => {
      await bench.add('ops', ['a']);
      bench.poster.answerNext(channelRefused);
      await bench.start('ops');
      expect(await bench.outbox()).toEqual(['ops: pending after 0']);
    });

    it('are not written at all without an ops channel', async () => {
      bench.opsChannel = undefined;
      await bench.add('security', ['a']);
      bench.poster.answerNext(refused, refused);
      await bench.start('security');
      expect(await bench.outbox()).toEqual(['security: dead after 2']);
    });
  });

  describe('when stopped', () => {
    it('finishes the post in flight, and begins no other', async () => {
      await bench.add('security', ['a', 'b']);
      let answer!: (outcome: SendOutcome) => void;
      bench.poster.answerNext(new Promise((resolve) => (answer = resolve)));
      bench.worker('security').start();
      await bench.poster.begun(1);
      let stopped = false;
      const stopping = bench
        .worker('security')
        .stop()
        .then(() => (stopped = true));
      await new Promise(setImmediate);
      expect(stopped).toBe(false);
      answer({ kind: 'accepted' });
      await stopping;
      expect(bench.posted).toEqual(['0 s security: a']);
      expect(await bench.outbox()).toEqual(['security: delivered after 1', 'security: pending after 0']);
    });

    it('wakes up to end, and has nothing to end before it was started', async () => {
      await bench.start('security');
      await bench.worker('security').stop();
      await bench.worker('iam').stop();
      expect(bench.errors).toEqual([]);
    });

    it('ends although the database is away', async () => {
      await bench.add('security', ['a']);
      bench.queue.failures.settle = Infinity;
      await bench.start('security');
      await bench.worker('security').stop();
      expect(await bench.outbox()).toEqual(['security: pending after 0']);
    });
  });

  describe('when the database fails', () => {
    it('looks again after a second', async () => {
      await bench.add('security', ['a']);
      bench.queue.failures.next = 2;
      await bench.start('security');
      expect(bench.errors).toEqual(['Error: the database is away']);
      await bench.timer.advance(2_000);
      expect(bench.posted).toEqual(['2 s security: a']);
      expect(bench.errors).toHaveLength(2);
    });

    it('writes an outcome down later, rather than post the message again', async () => {
      await bench.add('security', ['a']);
      bench.queue.failures.settle = 3;
      await bench.start('security');
      await bench.timer.advance(60_000);
      expect(bench.posted).toEqual(['0 s security: a']);
      expect(await bench.outbox()).toEqual(['security: delivered after 1']);
      expect(bench.errors).toHaveLength(3);
    });
  });

  it('survives a poster that throws', async () => {
    await bench.add('security', ['a']);
    bench.poster.answerNext(new Error('a bug'));
    await bench.start('security');
    await bench.timer.advance(1_000);
    expect(bench.errors).toEqual(['Error: a bug']);
    expect(await bench.outbox()).toEqual(['security: delivered after 1']);
  });
});
