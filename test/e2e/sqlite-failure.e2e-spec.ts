import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Libsql from 'libsql';
import { sql } from 'kysely';
import { RunningApp } from '../support/running-app.js';
import { FakeSlack } from '../support/fake-slack.js';

const rules = `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules: [{ id: failures, match: { types: [f] } }]
`;
const failure = (id: string) => [
  { log_id: id, data: { type: 'f', description: `event ${id};`, log_id: id } },
];

describe('a router whose SQLite file', () => {
  let slack: FakeSlack;
  let app: RunningApp;
  let other: Libsql.Database;

  beforeEach(async () => {
    slack = await FakeSlack.start();
    app = await RunningApp.start(rules, {
      SLACK_WEBHOOK_URL: slack.webhookUrl('hook'),
      SLACK_RATE: '1000',
      SLACK_BURST: '1000',
    });
    other = new Libsql(join(app.folder, 'router.db'));
  });

  afterEach(async () => {
    await slack.close();
    await app.close();
    other.close();
  });

  const readiness = async (): Promise<number> => (await fetch(`${app.url}/readyz`)).status;
  async function untilReadiness(status: number): Promise<void> {
    const deadline = Date.now() + 30_000;
    while ((await readiness()) !== status)
      if (Date.now() > deadline) throw new Error(`it never answered ${status}`);
  }

  const limitPages = (pages: number) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(app.database);
  const shown = (): string => slack.messages.map((message) => slack.textOf(message)).join('\n');

  it('is written by another process keeps batches waiting, and everything else going', async () => {
    other.exec('begin immediate');
    const sent = app.send(failure('waits'));
    for (let request = 0; request < 20; request += 1)
      expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    other.exec('rollback');
    expect((await sent).status).toBe(200);
    await slack.waitFor(1);
    expect(shown()).toContain('event waits;');
  });

  it('has no room refuses batches and says so, and takes and delivers them when there is room', async () => {
    await limitPages(1);
    const batch = Array.from({ length: 50 }, (_, index) => ({
      type: 'f',
      log_id: `id-${index}`,
      description: `event ${index}; ${'x'.repeat(3_000)}`,
    }));
    const refused = await app.send(batch);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await readiness()).toBe(503);

    await limitPages(1_000_000);
    expect((await app.send(batch)).status).toBe(200);
    await untilReadiness(200);
    await slack.waitFor(1);
    const { rows } = await sql<{ count: number }>`select count(*) as count from alerts`.execute(app.database);
    expect(rows).toEqual([{ count: 50 }]);
  });

  it('can’t be written while a message waits delivers it once when it can be', async () => {
    slack.answerNext({ kind: 'reset' });
    expect((await app.send(failure('waits'))).status).toBe(200);
    const deadline = Date.now() + 30_000;
    while (slack.requests.length === 0 && Date.now() < deadline) await nextTurn();
    // As a disk that has become read-only.
    await sql`pragma query_only = 1`.execute(app.database);
    expect((await app.send(failure('refused'))).status).toBe(503);
    await untilReadiness(503);

    await sql`pragma query_only = 0`.execute(app.database);
    await slack.waitFor(1);
    expect(shown()).toContain('event waits;');
    await untilReadiness(200);
    expect(slack.messages).toHaveLength(1);
  }, 60_000);
});
