import type { NewAlert, NewDelivery, Outbox } from '../../domain/stores.js';
import { OutboxStore } from './outbox-store.js';
import { newAlert } from '../../../test/support/alerts.js';
import { databases } from '../../../test/support/databases.js';
import { InMemoryOutbox } from '../../replay/in-memory/outbox.js';

const now = Date.UTC(2026, 0, 15, 12);

/** An outbox and what is in it. */
interface OpenOutbox {
  readonly outbox: Pick<Outbox, 'add'>;
  /** As `alert reason delivery`, in their order. */
  alerts(): Promise<readonly string[]>;
  /** As `delivery thread alone`, in their order. */
  deliveries(): Promise<readonly string[]>;
  /** Ends the wait of the groups that end by then. */
  closeGroups(at: number): Promise<void>;
  close(): Promise<void>;
}

const outboxes = [
  { name: 'in memory', open: () => Promise.resolve(inMemory()) },
  ...databases.map(({ name, open }) => ({
    name: `on ${name}`,
    open: async (): Promise<OpenOutbox> => {
      const { db, close } = await open();
      return {
        outbox: new OutboxStore(db),
        async alerts() {
          const rows = await db.selectFrom('alerts').selectAll().orderBy('id').execute();
          return rows.map(({ id, reason, delivery_id }) => `${id} ${reason} ${delivery_id ?? '-'}`);
        },
        async deliveries() {
          const rows = await db.selectFrom('deliveries').selectAll().orderBy('id').execute();
          return rows.map(({ id, thread_of, alone }) => `${id} ${thread_of ?? '-'} ${alone === 1}`);
        },
        async closeGroups(at) {
          await db.updateTable('deliveries').set({ group_key: null }).where('next_at', '<=', at).execute();
        },
        close,
      };
    },
  })),
];

function inMemory(): OpenOutbox {
  const outbox = new InMemoryOutbox();
  return {
    outbox,
    alerts: () =>
      Promise.resolve(
        outbox.alerts.map(({ id, reason, deliveryId }) => `${id} ${reason} ${deliveryId ?? '-'}`),
      ),
    deliveries: () =>
      Promise.resolve(
        outbox.deliveries.map(({ id, threadOf, alone }) => `${id} ${threadOf ?? '-'} ${alone === true}`),
      ),
    closeGroups: (at) => Promise.resolve(outbox.closeGroups(at)),
    close: () => Promise.resolve(),
  };
}

function grouped(id: string, key: string, changes: Partial<NewDelivery> = {}): NewDelivery {
  return { id, channel: 'security', group: { key, text: key, until: now + 60_000 }, ...changes };
}

describe.each(outboxes)('the outbox $name', ({ open }) => {
  let opened: OpenOutbox;
  const add = (deliveries: readonly NewDelivery[], alerts: readonly NewAlert[], at = now) =>
    opened.outbox.add(deliveries, alerts, at);

  beforeEach(async () => {
    opened = await open();
  });

  afterEach(() => opened.close());

  it('keeps every alert, and a delivery for those that are shown', async () => {
    const joined = await add(
      [{ id: 'd1', channel: 'security' }],
      [newAlert('a1', 'd1'), newAlert('a2', undefined)],
    );
    expect(joined).toEqual(new Map());
    expect(await opened.alerts()).toEqual(['a1 sent d1', 'a2 out of hours -']);
    expect(await opened.deliveries()).toEqual(['d1 - false']);
  });

  it('lets alerts join the open group of their key, which counts them as grouped', async () => {
    await add([grouped('d1', 'k'), grouped('d2', 'other')], [newAlert('a1', 'd1'), newAlert('a2', 'd2')]);
    expect(await add([grouped('d3', 'k')], [newAlert('a3', 'd3')], now + 1)).toEqual(new Map([['d3', 'd1']]));
    expect(await opened.alerts()).toEqual(['a1 sent d1', 'a2 sent d2', 'a3 grouped d1']);
    expect(await opened.deliveries()).toEqual(['d1 - false', 'd2 - false']);
  });

  it('opens another group when the wait of the first is over', async () => {
    await add([grouped('d1', 'k')], [newAlert('a1', 'd1')]);
    await opened.closeGroups(now + 59_999);
    expect(await add([grouped('d2', 'k')], [newAlert('a2', 'd2')])).toEqual(new Map([['d2', 'd1']]));
    await opened.closeGroups(now + 60_000);
    expect(await add([grouped('d3', 'k')], [newAlert('a3', 'd3')])).toEqual(new Map());
    expect(await opened.alerts()).toEqual(['a1 sent d1', 'a2 grouped d1', 'a3 sent d3']);
  });

  it('keeps a group out of digests once an alert in it is to stand alone', async () => {
    await add([grouped('d1', 'k')], [newAlert('a1', 'd1')]);
    await add([grouped('d2', 'k', { alone: true })], [newAlert('a2', 'd2')]);
    await add([grouped('d3', 'k')], [newAlert('a3', 'd3')]);
    expect(await opened.deliveries()).toEqual(['d1 - true']);
  });

  it('puts replies into the thread of the message that their alert has joined', async () => {
    await add([grouped('d1', 'k')], [newAlert('a1', 'd1')]);
    await add(
      [grouped('d2', 'k'), { id: 'd3', channel: 'security', threadOf: 'd2' }],
      [newAlert('a2', 'd2'), newAlert('a3', 'd3')],
    );
    expect(await opened.alerts()).toEqual(['a1 sent d1', 'a2 grouped d1', 'a3 sent d3']);
    expect(await opened.deliveries()).toEqual(['d1 - false', 'd3 d1 false']);
  });
});
