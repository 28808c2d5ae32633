import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { emptyPostgres, type EmptyDatabase } from '../support/databases.js';
import { RunningApp } from '../support/running-app.js';
import { FakeSlack } from '../support/fake-slack.js';

const rules = `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules:
  - { id: failures, match: { types: [f] } }
`;

const failure = (id: string) => ({
  log_id: id,
  data: { type: 'f', description: `event ${id};`, log_id: id },
});

describe('a router whose PostgreSQL sessions are terminated under load', () => {
  let slack: FakeSlack;
  let database: EmptyDatabase;
  let app: RunningApp;

  beforeEach(async () => {
    slack = await FakeSlack.start();
    database = await emptyPostgres();
    app = await RunningApp.start(rules, {
      DATABASE_URL: database.url,
      SLACK_WEBHOOK_URL: slack.webhookUrl('hook'),
      SLACK_RATE: '1000',
      SLACK_BURST: '1000',
      WATCH_RULES: 'false',
    });
  });

  afterEach(async () => {
    await app.close();
    await slack.close();
    await database.remove();
  });

  /** Ends every other session on the database, as a failover or an administrator does. */
  async function terminateSessions(): Promise<void> {
    const administrator = new Client({ connectionString: database.url });
    await administrator.connect();
    await administrator.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await administrator.end();
  }

  async function sendUntilStored(id: string): Promise<number> {
    const deadline = Date.now() + 15_000;
    let refused = 0;
    for (;;) {
      const { status } = await app.send([failure(id)]);
      if (status === 200) return refused;
      expect(status).toBe(503);
      refused += 1;
      if (Date.now() > deadline) throw new Error(`${id} was never stored`);
    }
  }

  it('answers 503 or stores the batch, goes on by itself, and loses no alert', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => `id-${index}`);
    const senders = Array.from({ length: 10 }, async (_, sender) => {
      for (const id of ids.filter((__, index) => index % 10 === sender)) await sendUntilStored(id);
    });
    const load = Promise.all(senders);
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([terminateSessions(), sendUntilStored(`round-${round}`)]);
    }
    await load;

    // A sender whose session ended between its claim and its answer is waited for as long as its lease lasts.
    const deadline = Date.now() + 30_000;
    const shown = (): string => slack.messages.map((message) => slack.textOf(message)).join('\n');
    const missing = (): string[] => ids.filter((id) => !shown().includes(`event ${id};`));
    let pending = Number.POSITIVE_INFINITY;
    while (pending > 0 && Date.now() < deadline) {
      await setTimeout(50);
      const list = (await (await app.admin('deliveries?limit=1&status=pending')).json()) as {
        items: unknown[];
      };
      pending = list.items.length;
    }
    expect(pending).toBe(0);
    // Many alerts at once become digests, which count what they don't show.
    const { items } = (await (await app.admin('alerts?limit=500')).json()) as {
      items: { logIds: string[] }[];
    };
    const stored = new Set(items.flatMap(({ logIds }) => logIds));
    expect(missing().filter((id) => !stored.has(id))).toEqual([]);
  }, 60_000);
});
