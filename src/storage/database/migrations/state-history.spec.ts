import { sql, type Kysely } from 'kysely';
import { emptyDatabases, type EmptyDatabase } from '../../../../test/support/databases.js';
import { RuleOutcomes } from '../../resolutions/rule-outcomes.js';
import { migrate, migrations } from '../migrate.js';
import { openDatabase } from '../open-database.js';
import type { Database } from '../schema.js';

const now = Date.UTC(2026, 0, 15, 12);

describe.each(emptyDatabases)('the migration that counts the alerts of rules on $name', ({ create }) => {
  let empty: EmptyDatabase;
  let db: Kysely<Database>;

  beforeEach(async () => {
    empty = await create();
    db = openDatabase(empty.url);
  });

  afterEach(async () => {
    await db.destroy();
    await empty.remove();
  });

  it('counts those that are stored, by day', async () => {
    const before = Object.entries(migrations).filter(([name]) => name < '021');
    await migrate(db, { version: '0.0.9', migrations: Object.fromEntries(before) });
    const delivery = { channel: 'c', status: 'delivered', next_at: 0, created_at: 0 } as const;
    await db
      .insertInto('deliveries')
      .values([
        { ...delivery, id: 'd1' },
        { ...delivery, id: 'd2', thread_of: 'd1' },
      ])
      .execute();
    const alert = async (id: string, rule: string, at: number, shownBy: string | null) =>
      sql`
        insert into alerts (
          id, rule, channel, severity, at, created_at, title, log_ids, log_id, reason, content, event_type, delivery_id
        ) values (${id}, ${rule}, 'c', 'high', 0, ${at}, 't', '["1"]', '1', 'sent', '{}', 'f', ${shownBy})
      `.execute(db);
    await alert('a1', 'failures', now, 'd1');
    await alert('a2', 'failures', now, 'd1');
    await alert('a3', 'failures', now - 86_400_000, 'd1');
    await alert('a4', 'failures', now, 'd2');
    await alert('a5', 'quiet', now, null);

    await migrate(db);
    const outcomes = new RuleOutcomes(db);
    expect([...(await outcomes.since(now))]).toEqual([
      ['failures', expect.objectContaining({ alerts: 2, open: 2 })],
    ]);
    expect((await outcomes.since(0)).get('failures')?.alerts).toBe(3);
  });
});
