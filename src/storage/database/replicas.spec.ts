import { takeFromBudgets, type Budget } from '../outbox/budget-store.js';
import { KyselyTransactions } from './kysely-transactions.js';
import { mergeDeliveries } from '../outbox/merge-deliveries.js';
import { openDatabase } from './open-database.js';
import { RuleHitsStore } from '../events/rule-hits-store.js';
import { newAlert } from '../../../test/support/alerts.js';
import { CountingIds } from '../../../test/support/counting-ids.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';

const now = Date.UTC(2026, 0, 15, 12);
const postgres = databases.filter(({ name }) => name === 'PostgreSQL');

/** Records an event of each rule and counts its hit, in that order. */
const write = (transactions: KyselyTransactions, order: readonly string[]): Promise<void> =>
  transactions.run(async ({ seenEvents, ruleHits }) => {
    await seenEvents.record(
      order.map((rule) => `log-of-${rule}`),
      now,
    );
    await ruleHits.add(new Map(order.map((rule) => [rule, 1])), now);
  });

describe.each(postgres)('several replicas on $name at once', ({ open }) => {
  let database: TestDatabase;
  let others: TestDatabase['db'];

  beforeEach(async () => {
    database = await open();
    others = openDatabase(database.url);
  });

  afterEach(async () => {
    await others.destroy();
    await database.close();
  });

  it('can write the same rows in different orders', async () => {
    const rules = ['first', 'second', 'third'];
    const [first, second] = [new KyselyTransactions(database.db), new KyselyTransactions(others)];
    await Promise.all(
      Array.from({ length: 20 }, () => [write(first, rules), write(second, rules.toReversed())]).flat(),
    );
    const hits = [...(await new RuleHitsStore(database.db).all()).values()].map((row) => row.hits);
    expect(hits).toEqual([40, 40, 40]);
  });

  it('lose no alert that joins a group while that is merged into another message', async () => {
    const ids = new CountingIds();
    const raise = async (group: string): Promise<void> => {
      const id = ids.next();
      const delivery = { id, channel: 'security', group: { key: group, text: group, until: now } };
      await new KyselyTransactions(others).run(async ({ outbox }) => {
        await outbox.add([delivery], [newAlert(ids.next(), id)], now);
      });
    };
    const progress = { raised: 0 };
    const raised = (async () => {
      for (; progress.raised < 150; progress.raised += 1) await raise(`group ${progress.raised % 3}`);
    })();
    while (progress.raised < 150) await mergeDeliveries(database.db, 'security', now);
    await raised;

    const lost = await database.db
      .selectFrom('alerts')
      .leftJoin('deliveries', 'deliveries.id', 'alerts.delivery_id')
      .select('alerts.id')
      .where('deliveries.id', 'is', null)
      .execute();
    expect(lost).toEqual([]);
    expect(await database.db.selectFrom('alerts').select('id').execute()).toHaveLength(150);
  });

  it('take no more out of a budget than there is in it', async () => {
    const budgets: Budget[] = ['channel', 'workspace'].map((name) => ({
      name,
      rate: { perSecond: 1, burst: 3 },
    }));
    const take = (db: TestDatabase['db']): Promise<number> =>
      db
        .transaction()
        .execute((tx) => takeFromBudgets(tx, budgets, now))
        .then(({ waitMs }) => waitMs);
    // The first one makes the rows that the others wait for.
    const waits = [await take(database.db)];
    waits.push(
      ...(await Promise.all(
        Array.from({ length: 16 }, (_, index) => take(index % 2 ? others : database.db)),
      )),
    );
    expect(waits.filter((ms) => ms === 0)).toHaveLength(3);
  });
});
