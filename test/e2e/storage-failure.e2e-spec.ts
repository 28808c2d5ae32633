import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Libsql from 'libsql';
import { appWithSlack } from '../support/app-with-slack.js';

const rules = `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules: [{ id: failures, match: { types: [f] } }]
`;
const batch = [{ log_id: 'id-1', data: { type: 'f', description: 'Failed login', log_id: 'id-1' } }];

describe('a batch that can’t be stored', () => {
  const e2e = appWithSlack(rules);
  let database: Libsql.Database;

  beforeEach(async () => {
    database = new Libsql(join(e2e.app.folder, 'router.db'));
  });

  afterEach(async () => {
    database.close();
  });

  /** Changes the tables as soon as the router, which has the file too, is between two transactions. */
  async function change(statement: string): Promise<void> {
    const deadline = Date.now() + 10_000;
    for (;;) {
      try {
        database.exec(statement);
        return;
      } catch (error) {
        if (!String(error).includes('database is locked') || Date.now() > deadline) throw error;
        await setTimeout(5);
      }
    }
  }

  const rowsOf = (table: string): unknown[] => database.prepare(`select * from ${table}`).all();

  it.each([
    // What a batch writes last, so that everything before it has to be taken back.
    ['alerts', ['seen_events', 'rule_hits', 'deliveries']],
    ['seen_events', ['rule_hits', 'deliveries', 'alerts']],
  ])('is refused whole when %s fails, and taken whole when it is sent again', async (broken, others) => {
    await change(`alter table ${broken} rename to away`);
    const refused = await e2e.app.send(batch);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(others.map(rowsOf)).toEqual(others.map(() => []));

    await change(`alter table away rename to ${broken}`);
    const taken = await e2e.app.send(batch);
    expect([taken.status, await taken.text()]).toEqual([200, 'ok']);
    const [message] = await e2e.slack.waitFor(1);
    expect(e2e.slack.textOf(message!)).toContain('Failed login');

    expect((await e2e.app.send(batch)).status).toBe(200);
    await e2e.app.stop();
    expect(e2e.slack.requests).toHaveLength(1);
  });

  it('leaves the answer to what matches nothing as it is, which needs no database', async () => {
    for (const table of ['seen_events', 'alerts']) await change(`drop table ${table}`);
    expect((await e2e.app.send([{ type: 's', log_id: 'id-2' }])).status).toBe(204);
  });
});
