import { DeliveryBench } from '../../test/support/delivery-bench.js';
import type { SendOutcome } from '../domain/alerting/send-outcome.js';

const retry: SendOutcome = { kind: 'retry', error: 'HTTP 500', possiblyPosted: false };
const refused: SendOutcome = { kind: 'message-refused', error: 'invalid_blocks' };
const channelRefused: SendOutcome = { kind: 'channel-refused', error: 'no_service' };

describe('a notice that can’t go to the ops channel goes to the fallback', () => {
  let bench: DeliveryBench;

  beforeEach(async () => {
    bench = await DeliveryBench.open();
    bench.opsFallback = 'backup';
  });

  afterEach(() => bench.close());

  const start = async (...answers: readonly SendOutcome[]): Promise<void> => {
    bench.poster.answerNext(...answers);
    await bench.start('ops', 'backup');
    await bench.timer.asleep(2);
  };

  it('when the channel is paused, after a notice that says so', async () => {
    await bench.addNotice('ops', 'a notice');
    await start(channelRefused);
    expect(bench.posted[0]).toBe('0 s ops: a notice');
    expect(bench.posted.slice(1).toSorted()).toEqual([
      '0 s backup: The channel ops is paused',
      '0 s backup: a notice',
    ]);
  });

  it('when the channel is paused already; alerts wait', async () => {
    await bench.add('ops', ['an alert']);
    await start(channelRefused);
    await bench.addNotice('ops', 'a later notice');
    bench.worker('ops').wake();
    await bench.timer.asleep(2);
    expect(bench.posted).toEqual([
      '0 s ops: an alert',
      '0 s backup: The channel ops is paused',
      '0 s backup: a later notice',
    ]);
    await bench.timer.advance(300_000);
    expect(bench.posted.slice(3)).toEqual(['300 s ops: an alert']);
    await bench.addNotice('ops', 'after the pause');
    bench.worker('ops').wake();
    await bench.timer.asleep(2);
    expect(bench.posted.slice(4)).toEqual(['300 s ops: after the pause']);
  });

  it('when the channel refuses it as plain text as well', async () => {
    await bench.addNotice('ops', 'a notice');
    await start(refused, refused);
    expect(bench.posted).toEqual(['0 s ops: a notice', '0 s ops: a notice (plain)', '0 s backup: a notice']);
    expect(await bench.outbox()).toEqual([
      'ops: dead after 2 (notice)',
      'backup: delivered after 1 (notice)',
    ]);
  });

  it('when the channel is held for long, and not for a short hold', async () => {
    await bench.addNotice('ops', 'a notice');
    await start({ kind: 'hold', error: 'HTTP 429', ms: 60_000 });
    await bench.timer.advance(60_000);
    expect(bench.posted).toEqual(['0 s ops: a notice', '60 s ops: a notice']);
    await bench.addNotice('ops', 'another');
    bench.poster.answerNext({ kind: 'hold', error: 'HTTP 429', ms: 60_001 });
    bench.worker('ops').wake();
    await bench.timer.asleep(2);
    expect(bench.posted.slice(2)).toEqual(['60 s ops: another', '60 s backup: another']);
  });

  it('when it has been tried for five minutes', async () => {
    await bench.addNotice('ops', 'a notice');
    await start(...Array.from({ length: 9 }, () => retry));
    await bench.timer.advance(600_000);
    const elsewhere = bench.posted.filter((post) => post.includes('backup'));
    expect(elsewhere).toEqual([expect.stringMatching(/^3\d\d s backup: a notice$/)]);
    expect(await bench.outbox()).toEqual(['backup: delivered after 1 (notice)']);
  });

  it('and waits where there is none', async () => {
    bench.opsFallback = undefined;
    await bench.addNotice('ops', 'a notice');
    await start(channelRefused);
    expect(bench.posted).toEqual(['0 s ops: a notice']);
    expect(await bench.outbox()).toEqual(['ops: pending after 0 (notice)']);
  });

  it('and stays in a channel that is not the one for notices', async () => {
    bench.opsChannel = 'iam';
    await bench.addNotice('ops', 'a test message');
    await start(channelRefused);
    expect(bench.posted.filter((post) => post.includes('test message'))).toEqual(['0 s ops: a test message']);
  });
});
