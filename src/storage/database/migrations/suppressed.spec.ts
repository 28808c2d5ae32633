import type { Kysely } from 'kysely';
import { emptyDatabases, type EmptyDatabase } from '../../../../test/support/databases.js';
import { alertContent, newAlert } from '../../../../test/support/alerts.js';
import { OutboxStore } from '../../outbox/outbox-store.js';
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
    const alert = newAlert('a1', 'd1', { content: alertContent('Failed login') });
    await new OutboxStore(db).add([{ id: 'd1', channel: 'security' }], [alert], 0);
    const stored = JSON.stringify({ ...alert.content, heldBack: { count: 7, since: 1 } });
    await db.updateTable('alerts').set({ content: stored }).execute();

    await migrate(db);
    const { content } = await db.selectFrom('alerts').select('content').executeTakeFirstOrThrow();
    expect(JSON.parse(content)).toEqual({ ...alert.content, suppressed: { count: 7, since: 1 } });
    expect(await db.selectFrom('throttles').select(['suppressed', 'suppressed_since']).execute()).toEqual([]);
  });
});
