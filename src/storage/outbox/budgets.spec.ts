import { budgetCapacity, takeFromBudgets, type Budget, type Taken } from './budget-store.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';

const now = Date.UTC(2026, 0, 15, 12);
const hour = 3_600_000;
const rate = { perSecond: 1, burst: 3 };
const channel: Budget = { name: 'channel', rate };
const workspace: Budget = { name: 'workspace', rate: { perSecond: 5, burst: 20 } };

describe.each(databases)('budgets on $name', ({ open }) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await open();
  });

  afterEach(() => database.close());

  const take = (budgets: readonly Budget[], at: number): Promise<number> =>
    database.db
      .transaction()
      .execute((tx) => takeFromBudgets(tx, budgets, at))
      .then(({ waitMs }) => waitMs);

  it('go on within one interval, and at the usual pace, after a clock that was an hour ahead', async () => {
    for (let i = 0; i < 3; i += 1) expect(await take([channel], now + hour)).toBe(0);
    const waits = [];
    for (let at = now; at < now + 3_000; at += 500) waits.push(await take([channel], at));
    expect(waits).toEqual([1_000, 500, 0, 500, 0, 500]);
  });

  it('are brought back for every replica, also while another budget is what waits', async () => {
    for (const budgets of [[channel], [workspace]]) {
      for (let i = 0; i < budgets[0]!.rate.burst; i += 1) await take(budgets, now + hour);
    }
    expect(await take([channel, workspace], now)).toBe(1_000);
    expect(await database.db.selectFrom('budgets').selectAll().orderBy('name').execute()).toEqual([
      { name: 'channel', used_until: now + 3_000 },
      { name: 'workspace', used_until: now + 4_000 },
    ]);
  });

  it('lose nothing to one that must wait', async () => {
    await take([workspace], now);
    for (let i = 0; i < 3; i += 1) await take([channel], now);
    expect(await take([channel, workspace], now)).toBe(1_000);
    expect(
      await database.db.selectFrom('budgets').selectAll().where('name', '=', 'workspace').execute(),
    ).toEqual([{ name: 'workspace', used_until: now + 200 }]);
  });

  it('that are shared leave one message to each severity above', async () => {
    const shared = { ...workspace, shared: true };
    const takeAs = (budget: Budget, rank: number): Promise<Taken> =>
      database.db.transaction().execute((tx) => takeFromBudgets(tx, [budget], now, rank));
    const short = (rank: number) => ({ waitMs: 200, shared: { name: 'workspace', rank, intervalMs: 200 } });
    for (let i = 0; i < 18; i += 1) await takeAs(shared, 4);
    expect(await takeAs(shared, 2)).toEqual(short(2));
    expect(await takeAs(shared, 3)).toEqual({ waitMs: 0 });
    expect(await takeAs(shared, 3)).toEqual(short(3));
    expect(await takeAs(shared, 4)).toEqual({ waitMs: 0 });
    expect(await takeAs(channel, 0)).toEqual({ waitMs: 0 });
  });

  it('count as no longer used up than a burst takes to come back', async () => {
    await take([channel], now + hour);
    expect(await budgetCapacity(database.db, [channel], now, 10_000)).toBe(10);
  });
});
