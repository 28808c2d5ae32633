import { FakeSlack } from '../../test/support/fake-slack.js';
import { Settings } from '../config/settings.js';
import { isResponseUrl, MessageUpdates } from './message-updates.js';

describe('isResponseUrl', () => {
  it.each([
    ['https://hooks.slack.com/actions/T1/2/3', true],
    ['https://slack.com/api/x', true],
    ['http://hooks.slack.com/actions/T1/2/3', false],
    ['https://hooks.slack.com:8443/actions', false],
    ['https://hooks.slack.com.example.com/actions', false],
    ['https://hooks.slack.com@example.com/actions', false],
    ['https://example.com/https://hooks.slack.com/', false],
    ['//hooks.slack.com/actions', false],
    ['', false],
  ])('%s: %s', (url, expected) => {
    expect(isResponseUrl(url, new Settings())).toBe(expected);
  });
});

describe('MessageUpdates', () => {
  let slack: FakeSlack;
  let elsewhere: FakeSlack;
  let updates: MessageUpdates;

  beforeEach(async () => {
    slack = await FakeSlack.start();
    elsewhere = await FakeSlack.start();
    updates = new MessageUpdates(Object.assign(new Settings(), { SLACK_API_URL: slack.apiUrl() }));
  });

  afterEach(async () => {
    await slack.close();
    await elsewhere.close();
  });

  it('are finished before the router stops, and go to Slack only', async () => {
    updates.begin(slack.webhookUrl('one'), { text: 'one' });
    updates.begin(elsewhere.webhookUrl('two'), { text: 'two' });
    updates.begin(slack.webhookUrl('three'), { text: 'three' });
    await updates.beforeApplicationShutdown();
    expect(slack.messages.map(({ channel }) => channel).toSorted()).toEqual([
      '/services/one',
      '/services/three',
    ]);
    expect(elsewhere.requests).toEqual([]);
  });

  it('fail without a stir', async () => {
    slack.answerNext({ kind: 'status', status: 404, body: 'expired_url' });
    slack.answerNext({ kind: 'drop' });
    for (const name of ['one', 'two']) updates.begin(slack.webhookUrl(name), { text: name });
    await updates.beforeApplicationShutdown();
    expect(slack.requests).toHaveLength(2);
    expect(slack.messages).toEqual([]);
  });
});
