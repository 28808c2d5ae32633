import { FakeSlack } from '../fake-slack.js';

let slack: FakeSlack;
beforeEach(async () => {
  slack = await FakeSlack.start();
});
afterEach(() => slack.close());

const toWebhook = (body: object): Promise<Response> =>
  fetch(slack.webhookUrl(), { method: 'POST', body: JSON.stringify(body) });

describe('waitFor', () => {
  it('resolves with the messages, at once or as soon as they are there', async () => {
    expect(await slack.waitFor(0)).toEqual([]);
    const two = slack.waitFor(2);
    const bye = slack.waitFor((messages) => messages.some((message) => slack.textOf(message) === 'bye'));
    await toWebhook({ text: 'hi' });
    await toWebhook({ text: 'bye' });
    expect(await two).toHaveLength(2);
    expect(await bye).toBe(slack.messages);
  });

  it('says at its deadline what came instead', async () => {
    await toWebhook({ blocks: [{ type: 'alert' }] });
    await expect(slack.waitFor(1, 1)).rejects.toThrow(
      /^After 1 ms Slack still lacked 1 messages\. It had 0 messages accepted of 1 requests, the last of which:\n {2}POST \/services\/security .*invalid_blocks/,
    );
  });

  it('rejects when the fake Slack closes, and with what its predicate throws', async () => {
    const waiting = slack.waitFor(1);
    const failing = slack.waitFor(() => {
      throw new RangeError('a bug in the test');
    });
    await expect(failing).rejects.toThrow('a bug in the test');
    await Promise.all([
      expect(waiting).rejects.toThrow('When the fake Slack was closed Slack still lacked 1 messages'),
      slack.close(),
    ]);
    slack = await FakeSlack.start();
  });
});
