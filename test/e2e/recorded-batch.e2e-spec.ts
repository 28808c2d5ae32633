import { readFile } from 'node:fs/promises';
import { RunningApp } from '../support/running-app.js';
import { activeMarkup } from '../support/fake-slack/active-markup.js';
import { FakeSlack } from '../support/fake-slack.js';

interface Expected {
  readonly alerts: readonly { readonly logId: string; readonly title: string }[];
}

const read = async (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');
const readJson = async (path: string): Promise<unknown> => JSON.parse(await read(path)) as unknown;

describe('a recorded batch of 54 events, with the shipped rules', () => {
  let slack: FakeSlack;
  let batch: readonly unknown[];
  let expected: Expected;
  let shippedRules: string;

  beforeAll(async () => {
    batch = (await readJson('../fixtures/recorded-batch.json')) as unknown[];
    expected = (await readJson('../fixtures/recorded-batch.expected.json')) as Expected;
    shippedRules = await read('../../rules.yaml');
  });

  beforeEach(async () => {
    slack = await FakeSlack.start();
  });

  afterEach(() => slack.close());

  /** Fast enough that every message comes alone. */
  const environment = () => ({
    SLACK_WEBHOOK_URL: slack.webhookUrl(),
    SLACK_RATE: '1000',
    SLACK_BURST: '1000',
  });

  /** Which of the recorded events each accepted message shows, by the link to it. */
  const shownIds = () =>
    slack.messages.flatMap(({ body }) =>
      [...JSON.stringify(body).matchAll(/#\/logs\/(\w+)/g)].map(([, id]) => id),
    );

  it('shows every failure and limit once, and nothing else', async () => {
    const app = await RunningApp.start(shippedRules, environment());
    try {
      expect((await app.send(batch)).status).toBe(200);
      await slack.waitFor(expected.alerts.length);
      expect(shownIds().toSorted()).toEqual(expected.alerts.map((alert) => alert.logId).toSorted());
      const shown = slack.messages.map((message) => slack.textOf(message)).join('\n');
      for (const { title } of expected.alerts) expect(shown).toContain(title.trim().slice(0, 60));
      expect(slack.requests.filter(({ outcome }) => outcome.kind !== 'accepted')).toEqual([]);
    } finally {
      await app.close();
    }
  });

  it('lets no text of an event mention, link or format anything', async () => {
    const app = await RunningApp.start(shippedRules, environment());
    try {
      await app.send(batch);
      await slack.waitFor(expected.alerts.length);
      const markup = slack.messages.flatMap(({ body }) => activeMarkup(body));
      expect(markup.filter((part) => !/^<!date\^|^<https:\/\/manage\.auth0\.com\//.test(part))).toEqual([]);
    } finally {
      await app.close();
    }
  });

  it('neither loses nor repeats one over a restart in the middle', async () => {
    const half = Math.floor(expected.alerts.length / 2);
    const first = await RunningApp.start(shippedRules, environment());
    expect((await first.send(batch)).status).toBe(200);
    await slack.waitFor(half);
    await first.stop();
    const atRestart = slack.messages.length;
    expect(atRestart).toBeLessThan(expected.alerts.length);

    const second = await RunningApp.start(shippedRules, environment(), first.folder);
    try {
      // Auth0 never saw the answer and sends the batch again.
      expect((await second.send(batch)).status).toBe(200);
      await slack.waitFor(expected.alerts.length);
      await second.stop();
      expect(shownIds().toSorted()).toEqual(expected.alerts.map((alert) => alert.logId).toSorted());
    } finally {
      await second.close();
    }
  });
});
