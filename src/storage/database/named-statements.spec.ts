import { sql } from 'kysely';
import { KyselyTransactions } from './kysely-transactions.js';
import { nameOf } from './named-statements.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';

const now = Date.UTC(2026, 0, 15, 12);
const postgres = databases.filter(({ name }) => name === 'PostgreSQL');

describe('the name of a statement', () => {
  it('is the same for the same text, and another for another', () => {
    const [one, other] = ['id', 'key'].map((column) => `select ${column} from jsonb_array_elements($1)`);
    expect(nameOf(one as string)).toBe(nameOf(one as string));
    expect(nameOf(one as string)).not.toBe(nameOf(other as string));
  });

  it('is not given to what has other text each time, nor to what asks for all columns', () => {
    expect(nameOf('select id from alerts where id in ($1, $2)')).toBeUndefined();
    expect(nameOf('select alerts.* from jsonb_array_elements($1), alerts')).toBeUndefined();
  });
});

describe.each(postgres)('statements of rows on $name', ({ open }) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await open();
  });

  afterEach(() => database.close());

  it('are prepared once on a connection, whatever the number of rows', async () => {
    const transactions = new KyselyTransactions(database.db);
    const prepared = async () => {
      const { rows } = await sql<{ statement: string }>`
        select statement from pg_prepared_statements where statement like '%insert into seen_events%'
      `.execute(database.db);
      return rows.length;
    };
    for (const ids of [['a'], ['b', 'c'], ['d', 'e', 'f']])
      await transactions.run(({ seenEvents }) => seenEvents.record(ids, now));
    expect(await prepared()).toBe(1);
    expect(await database.db.selectFrom('seen_events').select('log_id').execute()).toHaveLength(6);
  });

  it('go on after a newer version has added a column', async () => {
    const transactions = new KyselyTransactions(database.db);
    const record = (id: string) => transactions.run(({ seenEvents }) => seenEvents.record([id], now));
    await record('a');
    await sql`alter table seen_events add column newer text`.execute(database.db);
    expect([...(await record('b'))]).toEqual(['b']);
  });
});
