import { newAlert } from '../../../test/support/alerts.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import {
  transition,
  type StateChange,
  type StateHistoryEntry,
} from '../../domain/alerting/delivery-state.js';
import { KyselyTransactions } from '../database/kysely-transactions.js';
import { pruneBatch } from '../pruning/prune.js';
import { stateHistory } from './state-history.js';

const now = 1_000_000;

describe.each(databases)('the history of a message on $name', ({ open }) => {
  let database: TestDatabase;
  let replicas: readonly KyselyTransactions[];

  beforeEach(async () => {
    database = await open();
    replicas = [new KyselyTransactions(database.db), new KyselyTransactions(database.db)];
    await replicas[0]?.run(({ outbox }) =>
      outbox.add([{ id: 'd1', channel: 'security' }], [newAlert('a1', 'd1')], now),
    );
  });
  afterEach(() => database.close());

  const change = async (wanted: StateChange, by: string, at: number, replica = 0): Promise<void> =>
    replicas[replica]?.run(async ({ deliveryStates }) => {
      const found = await deliveryStates.find('d1');
      const changed = transition(found?.state ?? { state: 'open' }, wanted, by, at);
      if (found === undefined || changed.kind !== 'changed') return;
      const { state, ...rest } = changed.state;
      await deliveryStates.save('d1', changed.state);
      await deliveryStates.record('d1', { ...rest, from: found.state.state, to: state, via: 'slack' });
    });
  const history = (): Promise<readonly StateHistoryEntry[]> => stateHistory(database.db, 'd1');

  it('has every change in order, each with who made it and what was said', async () => {
    expect(await history()).toEqual([]);
    await change({ kind: 'acknowledge' }, 'Ann', now + 1);
    await change({ kind: 'resolve', as: 'expected', note: 'a scan' }, 'Bob', now + 2, 1);
    await change({ kind: 'reopen' }, 'Ann', now + 2);
    expect(await history()).toEqual([
      { at: now + 1, by: 'Ann', from: 'open', to: 'acknowledged', via: 'slack' },
      {
        at: now + 2,
        by: 'Bob',
        from: 'acknowledged',
        to: 'resolved',
        resolution: 'expected',
        note: 'a scan',
        via: 'slack',
      },
      { at: now + 2, by: 'Ann', from: 'resolved', to: 'open', via: 'slack' },
    ]);
  });

  it('has one entry for a change that two replicas were asked for at once', async () => {
    await Promise.all(
      ['Ann', 'Bob', 'Cid', 'Dan'].map((by, index) => change({ kind: 'acknowledge' }, by, now, index % 2)),
    );
    expect(await history()).toHaveLength(1);
  });

  it('goes with its message', async () => {
    await change({ kind: 'acknowledge' }, 'Ann', now);
    const before = { seenEvents: 0, throttles: 0, dead: 0, delivered: now + 1 };
    await pruneBatch(database.db, before);
    expect(await history()).toHaveLength(1);
    await database.db.updateTable('deliveries').set({ status: 'delivered', finished_at: now }).execute();
    await pruneBatch(database.db, before);
    expect(await history()).toEqual([]);
  });
});
