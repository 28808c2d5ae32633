import { KyselyTransactions } from '../database/kysely-transactions.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';

const now = Date.UTC(2026, 0, 15, 12);

describe.each(databases)('seen events on $name', ({ open }) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await open();
  });

  afterEach(() => database.close());

  const record = async (logIds: readonly string[], at = now): Promise<string[]> => {
    const unseen = await new KyselyTransactions(database.db).run((stores) =>
      stores.seenEvents.record(logIds, at),
    );
    return [...unseen].toSorted();
  };

  it('returns those that are new, and each of them once', async () => {
    expect(await record(['a', 'b'])).toEqual(['a', 'b']);
    expect(await record(['b', 'c', 'a'])).toEqual(['c']);
    expect(await record(['a', 'b', 'c'])).toEqual([]);
  });

  it('counts an id once that stands twice in one call', async () => {
    expect(await record(['a', 'b', 'a'])).toEqual(['a', 'b']);
  });

  it('takes no ids at all', async () => {
    expect(await record([])).toEqual([]);
  });

  it('distinguishes what differs in a letter’s case or in spaces', async () => {
    await record(['a']);
    expect(await record(['A', 'a ', 'ä'])).toEqual(['A', 'a ', 'ä'].toSorted());
  });

  it('takes thousands of ids in one call', async () => {
    const ids = Array.from({ length: 40_000 }, (_, index) => `id-${index}`);
    expect(await record(ids)).toHaveLength(40_000);
    expect(await record([...ids, 'one-more'])).toEqual(['one-more']);
  });

  it('remembers the first time an id was seen', async () => {
    await record(['a']);
    await record(['a'], now + 1000);
    expect(await database.db.selectFrom('seen_events').selectAll().execute()).toEqual([
      { log_id: 'a', seen_at: now },
    ]);
  });

  it('remembers over a restart', async () => {
    await record(['a']);
    await database.reopen();
    expect(await record(['a', 'b'])).toEqual(['b']);
  });

  it('gives each id to one of several transactions that ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => record(['a', 'b'])));
    expect(answers.flat().toSorted()).toEqual(['a', 'b']);
  });
});
