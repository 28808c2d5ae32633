import { newAlert } from '../../../test/support/alerts.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import type { DeliveryState } from '../../domain/alerting/delivery-state.js';
import type { NewAlert, NewDelivery } from '../../domain/stores.js';
import { KyselyTransactions } from '../database/kysely-transactions.js';
import { DeliveryQueue } from './delivery-queue.js';
import { mergeDeliveries } from './merge-deliveries.js';
import { OutboxReader } from './outbox-reader.js';

const now = 1_000_000;
const acknowledged = { state: 'acknowledged', by: 'Ann', at: now } as const;

describe.each(databases)('the states of deliveries on $name', ({ open }) => {
  let database: TestDatabase;
  let transactions: KyselyTransactions;

  beforeEach(async () => {
    database = await open();
    transactions = new KyselyTransactions(database.db);
  });
  afterEach(() => database.close());

  const add = (deliveries: readonly NewDelivery[], alerts: readonly NewAlert[]): Promise<unknown> =>
    transactions.run(({ outbox }) => outbox.add(deliveries, alerts, now));
  const save = (id: string, state: DeliveryState): Promise<void> =>
    transactions.run(({ deliveryStates }) => deliveryStates.save(id, state));
  const post = (id: string, ts: string | null): Promise<unknown> =>
    database.db
      .updateTable('deliveries')
      .set({ status: 'delivered', finished_at: now, ts, attempts: 1 })
      .where('id', '=', id)
      .execute();

  it('are open until somebody changes them, and survive a restart', async () => {
    await add([{ id: 'd1', channel: 'security' }], [newAlert('a1', 'd1')]);
    const find = () => transactions.run(({ deliveryStates }) => deliveryStates.find('d1'));
    expect(await find()).toEqual({
      id: 'd1',
      channel: 'security',
      hasAlerts: true,
      isDead: false,
      state: { state: 'open' },
    });
    const state = { state: 'resolved', by: 'Ann', at: now, resolution: 'expected', note: 'a scan' } as const;
    await transactions.run(({ deliveryStates }) => deliveryStates.save('d1', state));
    await database.reopen();
    transactions = new KyselyTransactions(database.db);
    expect(await find()).toMatchObject({ state });
    expect((await new OutboxReader(database.db).delivery('d1', now))?.state).toEqual(state);
    expect(await transactions.run(({ deliveryStates }) => deliveryStates.find('none'))).toBeUndefined();
  });

  it('keep further alerts from joining, and a message from being merged', async () => {
    const group = { key: 'k', text: '', until: now + 1 };
    await add([{ id: 'd1', channel: 'security', group }], [newAlert('a1', 'd1')]);
    await save('d1', acknowledged);
    const joined = await transactions.run(({ outbox }) =>
      outbox.add([{ id: 'd2', channel: 'security', group }], [newAlert('a2', 'd2')], now),
    );
    expect([...(joined as ReadonlyMap<string, string>)]).toEqual([]);
    await mergeDeliveries(database.db, 'security', now + 1);
    expect(await new OutboxReader(database.db).deliveries({ limit: 9 }, now)).toHaveLength(2);
  });

  it('show a posted message anew, and do nothing to one that has no name in Slack', async () => {
    const queue = new DeliveryQueue(database.db);
    await add(
      [
        { id: 'd1', channel: 'security' },
        { id: 'd2', channel: 'other' },
      ],
      [newAlert('a1', 'd1'), newAlert('a2', 'd2', { channel: 'other' })],
    );
    await post('d1', '1.1');
    await post('d2', null);
    await save('d1', acknowledged);
    const notice = { severity: 'info', title: 't', detail: '', at: now } as const;
    await add(
      [
        { id: 'd3', channel: 'security', notice, edits: 'd1', threadOf: 'd1' },
        { id: 'd4', channel: 'other', notice, edits: 'd2', threadOf: 'd2' },
      ],
      [],
    );
    expect(await queue.next('security', now)).toMatchObject({
      kind: 'due',
      delivery: {
        id: 'd3',
        edits: { ts: '1.1' },
        message: { kind: 'alert', handling: { state: acknowledged } },
      },
    });
    expect(await queue.next('other', now)).toEqual({ kind: 'none', until: now });
    expect(await queue.next('other', now)).toEqual({ kind: 'none' });
  });

  it('let an edit wait until its message is posted', async () => {
    const queue = new DeliveryQueue(database.db);
    await add([{ id: 'd1', channel: 'security' }], [newAlert('a1', 'd1')]);
    await database.db
      .updateTable('deliveries')
      .set({ next_at: now + 5_000 })
      .execute();
    const notice = { severity: 'info', title: 't', detail: '', at: now } as const;
    await add([{ id: 'd2', channel: 'security', notice, edits: 'd1', threadOf: 'd1' }], []);
    await queue.next('security', now);
    expect(await queue.next('security', now)).toMatchObject({ kind: 'none', until: expect.any(Number) });
    await post('d1', '1.1');
    expect(await queue.next('security', now + 10_000)).toMatchObject({
      delivery: { id: 'd2', edits: { ts: '1.1' } },
    });
  });

  it('are decided one after the other', async () => {
    await add([{ id: 'd1', channel: 'security' }], [newAlert('a1', 'd1')]);
    const takeIfOpen = (by: string) =>
      transactions.run(async ({ deliveryStates }) => {
        const found = await deliveryStates.find('d1');
        if (found?.state.state !== 'open') return false;
        await deliveryStates.save('d1', { state: 'acknowledged', by, at: now });
        return true;
      });
    const taken = await Promise.all(['Ann', 'Bob', 'Cid'].map(takeIfOpen));
    expect(taken.filter((one) => one)).toHaveLength(1);
  });
});
