import { DeliveryQueue } from './delivery-queue.js';
import { mergeDeliveries } from './merge-deliveries.js';
import { OutboxStore } from './outbox-store.js';
import { newAlert } from '../../../test/support/alerts.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import { RecordedStatements } from '../../../test/support/query-plans.js';

const now = Date.UTC(2026, 0, 15, 12);
const number = (index: number): string => String(index).padStart(6, '0');

describe.each(databases)('merging on $name', ({ open }) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await open();
  });

  afterEach(() => database.close());

  /** Messages of one alert each, in so many threads, or in none. */
  async function add(count: number, threads = 0): Promise<void> {
    const indexes = Array.from({ length: count }, (_, index) => index);
    await new OutboxStore(database.db).add(
      indexes.map((index) => ({
        id: `d${number(index)}`,
        channel: 'security',
        ...(threads > 0 && { threadOf: `opening-${number(index % threads)}` }),
      })),
      indexes.map((index) => newAlert(`a${number(index)}`, `d${number(index)}`)),
      now,
    );
  }

  const left = async (): Promise<string[]> => {
    const rows = await database.db
      .selectFrom('deliveries')
      .leftJoin('alerts', 'alerts.delivery_id', 'deliveries.id')
      .select((eb) => ['deliveries.id', eb.fn.count<number>('alerts.id').as('alerts')])
      .groupBy('deliveries.id')
      .orderBy('deliveries.id')
      .execute();
    return rows.map(({ id, alerts }) => `${id}: ${alerts}`);
  };

  it('passes over what waits once, however much of it there is', async () => {
    await add(2_500);
    const recorded = new RecordedStatements(database);
    await mergeDeliveries(recorded.db, 'security', now);
    // Thirteen batches of four statements, one of which has a subquery.
    expect(recorded.count).toBeLessThanOrEqual(13 * 5);
    expect(await left()).toEqual(['d000000: 2500']);
  });

  it('asks no question for each thread', async () => {
    await add(1_000, 500);
    const recorded = new RecordedStatements(database);
    await mergeDeliveries(recorded.db, 'security', now);
    // Each of 500 threads has alerts moved once, by a statement with a subquery.
    expect(recorded.count).toBeLessThanOrEqual(500 * 2 + 6 * 2);
    expect(await left()).toEqual(Array.from({ length: 500 }, (_, index) => `d${number(index)}: 2`));
  });

  it('moves the alerts of a message that stands for thousands of them', async () => {
    const indexes = Array.from({ length: 2_500 }, (_, index) => index);
    await new OutboxStore(database.db).add(
      [
        { id: 'd1', channel: 'security' },
        { id: 'd2', channel: 'security' },
      ],
      [newAlert('first', 'd1'), ...indexes.map((index) => newAlert(`a${number(index)}`, 'd2'))],
      now,
    );
    await mergeDeliveries(database.db, 'security', now);
    expect(await left()).toEqual(['d1: 2501']);
  });

  it('leaves a group its key until alerts of others are merged into its message', async () => {
    const group = { key: 'g', text: '192.0.2.1', until: now };
    const outbox = new OutboxStore(database.db);
    const groupText = async (): Promise<string | null> => {
      const row = database.db.selectFrom('deliveries').select('group_text').where('id', '=', 'd1');
      return (await row.executeTakeFirstOrThrow()).group_text;
    };
    await outbox.add(
      [{ id: 'd1', channel: 'security', group }],
      [newAlert('a1', 'd1'), newAlert('a2', 'd1')],
      now,
    );
    await mergeDeliveries(database.db, 'security', now);
    expect(await groupText()).toBe('192.0.2.1');
    expect(await new DeliveryQueue(database.db).next('security', now)).toMatchObject({
      delivery: { message: { digest: { total: 2, group: '192.0.2.1' } } },
    });
    await outbox.add([{ id: 'd2', channel: 'security' }], [newAlert('a3', 'd2')], now);
    await mergeDeliveries(database.db, 'security', now);
    expect(await groupText()).toBeNull();
    expect(await left()).toEqual(['d1: 3']);
  });

  it('leaves alone what is not due, has been tried, or is a notice', async () => {
    await add(4);
    await new OutboxStore(database.db).add(
      [{ id: 'e', channel: 'security', notice: { severity: 'low', title: 'Notice', detail: '', at: now } }],
      [],
      now,
    );
    const change = database.db.updateTable('deliveries');
    await change
      .set({ next_at: now + 1 })
      .where('id', '=', 'd000000')
      .execute();
    await change.set({ status: 'retrying', attempts: 1 }).where('id', '=', 'd000001').execute();
    await mergeDeliveries(database.db, 'security', now);
    expect(await left()).toEqual(['d000000: 1', 'd000001: 1', 'd000002: 2', 'e: 0']);
  });
});
