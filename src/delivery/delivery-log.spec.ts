import { DeliveryBench } from '../../test/support/delivery-bench.js';
import type { SendOutcome } from '../domain/alerting/send-outcome.js';

const retry: SendOutcome = { kind: 'retry', error: 'HTTP 500', possiblyPosted: false };
const refused: SendOutcome = { kind: 'message-refused', error: 'invalid_blocks' };
const channelRefused: SendOutcome = { kind: 'channel-refused', error: 'no_service' };
const accepted: SendOutcome = { kind: 'accepted' };

describe('what is logged of deliveries', () => {
  let bench: DeliveryBench;

  beforeEach(async () => {
    bench = await DeliveryBench.open();
    bench.opsChannel = undefined;
  });

  afterEach(() => bench.close());

  it('is a line for each message that was delivered, and no warning, where all is well', async () => {
    await bench.add('security', ['a', 'b']);
    await bench.start('security');
    expect(bench.lines).toEqual([]);
    expect(bench.quietLines).toEqual([
      'a message for the channel security was delivered (message id-000001)',
      'a message for the channel security was delivered (message id-000003)',
    ]);
  });

  it('is a line when a channel is paused, none while it is tried, and one when it is not paused any more', async () => {
    await bench.add('security', ['a']);
    bench.poster.answerNext(channelRefused, channelRefused, channelRefused);
    await bench.start('security');
    expect(bench.lines).toEqual([
      'warn the channel security is paused: no_service; its messages are kept, and one is tried every few minutes',
    ]);
    await bench.timer.advance(1_200_000);
    expect(bench.lines.slice(1)).toEqual(['warn the channel security is no longer paused']);
  });

  it('names the channels that are paused with one', async () => {
    bench.botChannels = ['iam', 'security'];
    await bench.add('security', ['a']);
    bench.poster.answerNext({ kind: 'token-refused', error: 'token_revoked' });
    await bench.start('security');
    expect(bench.lines).toEqual([
      expect.stringMatching(/^warn the channel security is paused, and with it iam: token_revoked/),
    ]);
  });

  it('is an error for each dead message, with what the channel said and the alerts', async () => {
    await bench.add('security', ['a', 'b']);
    bench.poster.answerNext(refused, refused, refused, refused);
    await bench.start('security');
    expect(bench.lines).toEqual([
      'warn the channel security refused a message, which is sent again as plain text: invalid_blocks (message id-000001)',
      'error a message for the channel security is dead: invalid_blocks (message id-000001, alert id-000002)',
      'error a message for the channel security is dead: invalid_blocks (message id-000003, alert id-000004)',
    ]);
  });

  it('is one line a minute and channel for messages that start to be tried again, not one a try', async () => {
    await bench.add('security', ['a', 'b', 'c']);
    bench.poster.answerNext(...Array.from({ length: 12 }, () => retry));
    await bench.start('security');
    await bench.timer.advance(3_600_000);
    expect(bench.lines).toEqual([
      'warn a message for the channel security is tried again until it gets through: HTTP 500 (message id-000001)',
    ]);
    await bench.add('security', ['d']);
    bench.poster.answerNext(retry, accepted);
    bench.worker('security').wake();
    await bench.timer.asleep();
    expect(bench.lines.slice(1)).toEqual([
      expect.stringMatching(/HTTP 500 \(message .*\), and 2 more since the last such line$/),
    ]);
  });

  it('is a line for a hold, with how long it lasts, and keeps what a channel says on one line', async () => {
    await bench.add('security', ['a']);
    bench.poster.answerNext({ kind: 'hold', error: 'HTTP 429\nforged line', ms: 90_500 });
    await bench.start('security');
    expect(bench.lines).toEqual(['warn the channel security is held for 1m 31s: HTTP 429 forged line']);
  });
});
