import type { Silence } from '../../domain/alerting/silence.js';
import { KyselyTransactions } from '../database/kysely-transactions.js';
import { pruneBatch } from '../pruning/prune.js';
import { SilencesReader } from './silences-reader.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';

const now = Date.UTC(2026, 10, 20, 12);

function silence(id: string, changes: Partial<Silence> = {}): Silence {
  return {
    id,
    rule: 'failures',
    reason: 'why',
    author: 'who',
    createdAt: now,
    endsAt: now + 1000,
    ...changes,
  };
}

describe.each(databases)('silences on $name', ({ open }) => {
  let database: TestDatabase;
  let transactions: KyselyTransactions;
  let reader: SilencesReader;

  const reopen = (): void => {
    transactions = new KyselyTransactions(database.db);
    reader = new SilencesReader(database.db);
  };

  beforeEach(async () => {
    database = await open();
    reopen();
  });

  afterEach(() => database.close());

  const add = (...silences: readonly Silence[]): Promise<void> =>
    transactions.run(async (stores) => {
      for (const each of silences) await stores.silences.add(each);
    });
  const inForce = (at = now): Promise<string[]> =>
    transactions.run(async (stores) => (await stores.silences.inForce(at)).map(({ id }) => id));

  const listed = async (page: { limit: number; after?: string }): Promise<string[]> =>
    (await reader.inForce(page, now)).map(({ id }) => id);
  const pruned = async (delivered: number): Promise<string[]> => {
    await pruneBatch(database.db, { seenEvents: 0, throttles: 0, delivered, dead: 0 });
    const rows = await database.db.selectFrom('silences').select('id').orderBy('id').execute();
    return rows.map(({ id }) => id);
  };

  it('come back as they were, oldest first, after a restart too', async () => {
    const fields = { user_name: { not: { in: ['a', null, 1, '\0 \ud800'] } } };
    const both = [silence('2', { rule: undefined, fields }), silence('1', { fields: undefined })];
    await add(...both);
    await database.reopen();
    reopen();
    const loaded = await transactions.run((stores) => stores.silences.inForce(now));
    expect(loaded).toEqual([both[1], both[0]]);
  });

  it('are in force until their end, which need not have been reported', async () => {
    await add(silence('1', { endsAt: now + 1 }), silence('2', { endsAt: now }));
    expect(await inForce()).toEqual(['1']);
    expect(await inForce(now + 1)).toEqual([]);
    expect(await reader.anyDue(now - 1)).toBe(false);
    expect(await reader.anyDue(now)).toBe(true);
  });

  it('are read once in a transaction, and again after one was added', async () => {
    await add(silence('1'));
    await transactions.run(async ({ silences }) => {
      const ids = async () => (await silences.inForce(now)).map(({ id }) => id);
      expect(await ids()).toEqual(['1']);
      await silences.add(silence('2'));
      expect(await ids()).toEqual(['1', '2']);
      await silences.end('1', now);
      expect(await ids()).toEqual(['2']);
    });
  });

  it('count the alerts that they suppress, until they end', async () => {
    await add(silence('1'), silence('2', { endsAt: now + 5000 }));
    for (const count of [3, 4])
      await transactions.run((stores) => stores.silences.count(new Map([['1', count]])));
    expect((await reader.inForce({ limit: 10 }, now)).map(({ id, silenced }) => [id, silenced])).toEqual([
      ['2', 0],
      ['1', 7],
    ]);
    const due = await transactions.run((stores) => stores.silences.endDue(now + 1000));
    expect(due).toEqual([{ ...silence('1'), silenced: 7, early: false }]);
    expect((await reader.inForce({ limit: 10 }, now)).map(({ id }) => id)).toEqual(['2']);
  });

  it('end once, however many ask', async () => {
    await add(silence('1'), silence('2'));
    const asked = await Promise.all(
      [1, 2, 3].map(() => transactions.run((stores) => stores.silences.endDue(now + 1000))),
    );
    expect(
      asked
        .flat()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['1', '2']);
    expect(await reader.anyDue(now + 1000)).toBe(false);
  });

  it('can be ended early, once', async () => {
    await add(silence('1'));
    const end = () => transactions.run((stores) => stores.silences.end('1', now + 10));
    expect(await end()).toEqual({ ...silence('1'), silenced: 0, early: true });
    expect(await end()).toBeUndefined();
    expect(await inForce(now + 10)).toEqual([]);
    expect(await transactions.run((stores) => stores.silences.endDue(now + 1000))).toEqual([]);
    expect(await transactions.run((stores) => stores.silences.end('x', now))).toBeUndefined();
  });

  it('come a page at a time, newest first', async () => {
    await add(...['1', '2', '3'].map((id) => silence(id)));
    expect(await listed({ limit: 2 })).toEqual(['3', '2']);
    expect(await listed({ limit: 2, after: '2' })).toEqual(['1']);
  });

  it('are pruned a while after their end, and never before', async () => {
    await add(silence('1'), silence('2'));
    await transactions.run((stores) => stores.silences.end('1', now));
    expect(await pruned(now)).toEqual(['1', '2']);
    expect(await pruned(now + 100_000)).toEqual(['2']);
  });
});
