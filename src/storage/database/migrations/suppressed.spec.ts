import { sql, type Kysely } from 'kysely';
import { emptyDatabases, type EmptyDatabase } from '../../../../test/support/databases.js';
import { alertContent } from '../../../../test/support/alerts.js';
import { readContent } from '../../outbox/alert-content.js';
import { migrate, migrations } from '../migrate.js';
import { openDatabase } from '../open-database.js';
import type { Database } from '../schema.js';

describe.each(emptyDatabases)('the migration to the names of suppression on $name', ({ create }) => {
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

  it('keeps what stored alerts and throttle periods say of suppressed ones', async () => {
    const before = Object.entries(migrations).filter(([name]) => name < '012');
    await migrate(db, { version: '0.0.9', migrations: Object.fromEntries(before) });
    const content = alertContent('Failed login');
    const heldBack = { count: 7, since: 1 };
    await sql`
      insert into alerts (
        id, rule, channel, severity, at, created_at, title, log_ids, log_id, reason, content, event_type
      ) values (
        'a1', 'failures', 'security', 'high', 0, 0, 'Failed login', '["1"]', '1', 'throttled',
        ${JSON.stringify({ ...content, heldBack })}, 'f'
      )
    `.execute(db);

    await migrate(db);
    const row = await db
      .selectFrom('alerts')
      .leftJoin('rule_texts', 'rule_texts.id', 'alerts.rule_texts')
      .select(['content', 'texts'])
      .executeTakeFirstOrThrow();
    expect(readContent(row)).toEqual({ ...content, suppressed: heldBack });
    expect(await db.selectFrom('throttles').select(['suppressed', 'suppressed_since']).execute()).toEqual([]);
  });
});
