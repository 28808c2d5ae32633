import { sql, type Kysely } from 'kysely';
import { openDatabase } from './open-database.js';
import type { Database } from './schema.js';

describe('LibsqlDialect', () => {
  let db: Kysely<Database>;

  beforeEach(async () => {
    db = openDatabase('sqlite::memory:');
    await sql`pragma foreign_keys = on`.execute(db);
    await sql`create table parents (id integer primary key)`.execute(db);
    await sql`
      create table children (parent integer references parents (id) deferrable initially deferred)
    `.execute(db);
  });

  afterEach(() => db.destroy());

  const add = (on: Kysely<Database>, id: number) => sql`insert into parents (id) values (${id})`.execute(on);

  async function count(table: string): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
    return rows[0]?.n ?? Number.NaN;
  }

  it('gives the event loop its turns between statements, within a transaction too', async () => {
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 0);
    try {
      const turnsBefore = await db.transaction().execute(async (tx) => {
        for (let id = 0; id < 5_000; id++) await add(tx, id);
        return turns;
      });
      expect(turnsBefore).toBeGreaterThan(1);
    } finally {
      clearInterval(turning);
    }
    expect(await count('parents')).toBe(5_000);
  });

  it('takes nothing of a transaction whose commit fails, and goes on', async () => {
    const orphan = db.transaction().execute(async (tx) => {
      await add(tx, 1);
      await sql`insert into children (parent) values (2)`.execute(tx);
    });
    await expect(orphan).rejects.toMatchObject({ code: expect.stringMatching(/^SQLITE_CONSTRAINT/) });
    await db.transaction().execute((tx) => add(tx, 3));
    expect([await count('parents'), await count('children')]).toEqual([1, 0]);
  });

  it('uses a statement again that has failed', async () => {
    await add(db, 1);
    await expect(add(db, 1)).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' });
    await add(db, 2);
    expect(await count('parents')).toBe(2);
  });
});
