import { RunningApp } from '../support/running-app.js';
import { FakeSlack } from '../support/fake-slack.js';

const rules = `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules: [{ id: failures, match: { types: [fp] } }]
`;
const batches = 100;
const batchSize = 100;
const total = batches * batchSize;

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

const event = (index: number) => ({
  log_id: `event-${index}`,
  data: {
    type: 'fp',
    description: 'Wrong password',
    user_name: `user${index % 50}@example.com`,
    ip: `203.0.113.${index % 7}`,
    log_id: `event-${index}`,
  },
});

describe('10,000 alerts at once, with a Slack that takes one message a second', () => {
  let slack: FakeSlack;
  let app: RunningApp;

  beforeAll(async () => {
    slack = await FakeSlack.start();
    slack.limit({ perSecond: 1, burst: 3 });
    app = await RunningApp.start(rules, { SLACK_WEBHOOK_URL: slack.webhookUrl('hook') });
  });

  afterAll(async () => {
    await app.close();
    await slack.close();
  });

  const all = async <T>(path: string): Promise<T[]> => {
    const items: T[] = [];
    for (let cursor = ''; ;) {
      const page = (await (await app.admin(`${path}?limit=1000${cursor}`)).json()) as Page<T>;
      items.push(...page.items);
      if (page.next === null) return items;
      cursor = `&cursor=${page.next}`;
    }
  };

  /** How many alerts the accepted messages say they stand for. */
  const shown = (): number =>
    slack.messages
      .map((message) => Number(/(\d+) alerts/.exec(slack.textOf(message))?.[1] ?? 1))
      .reduce((sum, count) => sum + count, 0);

  it('are all shown, in a few messages that count, and each belongs to exactly one', async () => {
    const queue = Array.from({ length: batches }, (_, batch) =>
      Array.from({ length: batchSize }, (__, index) => event(batch * batchSize + index)),
    );
    const statuses: number[] = [];
    const sender = async (): Promise<void> => {
      for (let batch = queue.shift(); batch !== undefined; batch = queue.shift())
        statuses.push((await app.send(batch)).status);
    };
    await Promise.all([sender(), sender(), sender(), sender()]);
    expect(new Set(statuses)).toEqual(new Set([200]));

    await slack.waitFor(() => shown() >= total, 15_000);
    expect(shown()).toBe(total);
    expect(
      slack.requests.filter(({ outcome }) => outcome.kind === 'rate-limited').length,
    ).toBeLessThanOrEqual(2);
    expect(slack.messages.length).toBeLessThan(30);

    const alerts = await all<{ logIds: string[]; deliveryId: string }>('alerts');
    expect(new Set(alerts.map(({ logIds }) => logIds[0])).size).toBe(total);
    const deliveries = await all<{ id: string; status: string; alerts: number }>('deliveries');
    expect(deliveries.every(({ status }) => status === 'delivered')).toBe(true);
    const counts = new Map<string, number>();
    for (const { deliveryId } of alerts) counts.set(deliveryId, (counts.get(deliveryId) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual(
      Object.fromEntries(deliveries.map(({ id, alerts: count }) => [id, count])),
    );
  }, 60_000);
});
