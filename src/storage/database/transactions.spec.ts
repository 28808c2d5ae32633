import { KyselyTransactions } from './kysely-transactions.js';
import { RuleHitsStore } from '../events/rule-hits-store.js';
import { newAlert } from '../../../test/support/alerts.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';

const now = Date.UTC(2026, 0, 15, 12);
const tables = ['seen_events', 'deliveries', 'alerts', 'rule_hits'] as const;

describe.each(databases)('transactions on $name', ({ open }) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await open();
  });

  afterEach(() => database.close());

  const writeEverything = async (fail: boolean): Promise<string> =>
    new KyselyTransactions(database.db).run(async (stores) => {
      await stores.seenEvents.record(['log-1'], now);
      await stores.ruleHits.add(new Map([['failures', 1]]), now);
      await stores.outbox.add([{ id: 'd1', channel: 'security' }], [newAlert('a1', 'd1')], now);
      if (fail) throw new Error('a bug');
      return 'done';
    });

  const rowCounts = async (): Promise<number[]> => {
    const counts = [];
    for (const table of tables) {
      const { count } = await database.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      counts.push(Number(count));
    }
    return counts;
  };

  it('keep everything, and give back what the work returned', async () => {
    await expect(writeEverything(false)).resolves.toBe('done');
    await database.reopen();
    expect(await rowCounts()).toEqual([1, 1, 1, 1]);
  });

  it('keep nothing when the work throws, and let the next one run', async () => {
    await expect(writeEverything(true)).rejects.toThrow('a bug');
    expect(await rowCounts()).toEqual([0, 0, 0, 0]);
    await writeEverything(false);
    expect(await rowCounts()).toEqual([1, 1, 1, 1]);
  });

  it('keep nothing when one of the writes fails', async () => {
    await writeEverything(false);
    const again = new KyselyTransactions(database.db).run(async (stores) => {
      await stores.seenEvents.record(['log-2'], now);
      await stores.outbox.add([{ id: 'd1', channel: 'security' }], [], now);
    });
    await expect(again).rejects.toThrow(/unique/i);
    expect(await rowCounts()).toEqual([1, 1, 1, 1]);
  });

  it('add up how often each rule matched', async () => {
    const add = (hits: Record<string, number>, at: number) =>
      new KyselyTransactions(database.db).run((stores) =>
        stores.ruleHits.add(new Map(Object.entries(hits)), at),
      );
    await add({ first: 2, second: 1 }, now);
    await add({}, now + 1);
    await add({ first: 3 }, now + 2);
    const all = [...(await new RuleHitsStore(database.db).all()).values()];
    expect(all.toSorted((a, b) => a.rule.localeCompare(b.rule))).toEqual([
      { rule: 'first', hits: 5, last_hit: now + 2 },
      { rule: 'second', hits: 1, last_hit: now },
    ]);
  });
});
