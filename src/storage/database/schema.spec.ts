import { sql } from 'kysely';
import { migrate } from './migrate.js';
import { OutboxStore } from '../outbox/outbox-store.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';

describe.each(databases)('the schema on $name', ({ open }) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await open();
  });

  afterEach(() => database.close());

  it('can be brought up to date again, one after the other and at once, and keeps what there is', async () => {
    await new OutboxStore(database.db).add([{ id: 'd1', channel: 'security' }], [], 0);
    await migrate(database.db);
    await Promise.all([migrate(database.db), migrate(database.db)]);
    expect(await database.db.selectFrom('deliveries').select('id').execute()).toEqual([{ id: 'd1' }]);
  });
});

describe('a SQLite database', () => {
  it('has a commit on disk when it returns, and lets readers in meanwhile', async () => {
    const [sqlite] = databases;
    const database = await sqlite!.open();
    try {
      const pragma = async (name: string): Promise<unknown> =>
        (await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(database.db)).rows[0];
      expect(await pragma('journal_mode')).toEqual({ journal_mode: 'wal' });
      // 2 is FULL.
      expect(await pragma('synchronous')).toEqual({ synchronous: 2 });
    } finally {
      await database.close();
    }
  });
});
