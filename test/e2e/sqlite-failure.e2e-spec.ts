import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Libsql from 'libsql';
import { sql } from 'kysely';
import { appWithSlack } from '../support/app-with-slack.js';

const rules = `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules: [{ id: failures, match: { types: [f] } }]
`;
const failure = (id: string) => [
  { log_id: id, data: { type: 'f', description: `event ${id};`, log_id: id } },
];

describe('a router whose SQLite file', () => {
  const e2e = appWithSlack(rules, { SLACK_RATE: '1000', SLACK_BURST: '1000' });
  let other: Libsql.Database;

  beforeEach(async () => {
    other = new Libsql(join(e2e.app.folder, 'router.db'));
  });

  afterEach(async () => {
    other.close();
  });

  const readiness = async (): Promise<number> => (await fetch(`${e2e.app.url}/readyz`)).status;
  async function untilReadiness(status: number): Promise<void> {
    const deadline = Date.now() + 30_000;
    while ((await readiness()) !== status)
      if (Date.now() > deadline) throw new Error(`it never answered ${status}`);
  }

  const limitPages = (pages: number) =>
    sql`pragma max_page_count = ${sql.lit(pages)}`.execute(e2e.app.database);
  const shown = (): string => e2e.slack.messages.map((message) => e2e.slack.textOf(message)).join('\n');

  it('is written by another process keeps batches waiting, and everything else going', async () => {
    other.exec('begin immediate');
    const sent = e2e.app.send(failure('waits'));
    for (let request = 0; request < 20; request += 1)
      expect((await fetch(`${e2e.app.url}/healthz`)).status).toBe(200);
    other.exec('rollback');
    expect((await sent).status).toBe(200);
    await e2e.slack.waitFor(1);
    expect(shown()).toContain('event waits;');
  });

  it('has no room refuses batches and says so, and takes and delivers them when there is room', async () => {
    await limitPages(1);
    const batch = Array.from({ length: 50 }, (_, index) => ({
      type: 'f',
      log_id: `id-${index}`,
      description: `event ${index}; ${'x'.repeat(3_000)}`,
    }));
    const refused = await e2e.app.send(batch);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await readiness()).toBe(503);

    await limitPages(1_000_000);
    expect((await e2e.app.send(batch)).status).toBe(200);
    await untilReadiness(200);
    await e2e.slack.waitFor(1);
    const { rows } = await sql<{ count: number }>`select count(*) as count from alerts`.execute(
      e2e.app.database,
    );
    expect(rows).toEqual([{ count: 50 }]);
  });

  it('can’t be written while a message waits delivers it once when it can be', async () => {
    e2e.slack.answerNext({ kind: 'reset' });
    expect((await e2e.app.send(failure('waits'))).status).toBe(200);
    const deadline = Date.now() + 30_000;
    while (e2e.slack.requests.length === 0 && Date.now() < deadline) await nextTurn();
    // As a disk that has become read-only.
    await sql`pragma query_only = 1`.execute(e2e.app.database);
    expect((await e2e.app.send(failure('refused'))).status).toBe(503);
    await untilReadiness(503);

    await sql`pragma query_only = 0`.execute(e2e.app.database);
    await e2e.slack.waitFor(1);
    expect(shown()).toContain('event waits;');
    await untilReadiness(200);
    expect(e2e.slack.messages).toHaveLength(1);
  }, 60_000);
});
