import { newAlert } from '../../../test/support/alerts.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import { DeliveryQueue } from './delivery-queue.js';
import { mergeDeliveries } from './merge-deliveries.js';
import { OutboxStore, type TracedAlert } from './outbox-store.js';

const now = Date.UTC(2026, 0, 15, 12);

describe.each(databases)('the traces of a message on $name', ({ open }) => {
  let database: TestDatabase;
  let queue: DeliveryQueue;

  beforeEach(async () => {
    database = await open();
    queue = new DeliveryQueue(database.db);
  });

  afterEach(() => database.close());

  /** A message with an alert for each trace. */
  async function add(id: string, ...traceParents: readonly (string | undefined)[]): Promise<void> {
    const alerts = traceParents.map((traceParent, index): TracedAlert => {
      const alert = newAlert(`${id}-${index}`, id);
      return traceParent === undefined ? alert : { ...alert, traceParent };
    });
    await new OutboxStore(database.db).add([{ id, channel: 'security' }], alerts, now);
  }

  it('are those of its alerts, each once, and so many', async () => {
    await add('d1', 'one', 'two', 'one', undefined);
    await add('d2', undefined);
    expect([...(await queue.traceParentsOf('d1', 10))].toSorted()).toEqual(['one', 'two']);
    expect(await queue.traceParentsOf('d1', 1)).toHaveLength(1);
    expect(await queue.traceParentsOf('d2', 10)).toEqual([]);
  });

  it('are also those of what was merged into it', async () => {
    await add('d1', 'one');
    await add('d2', 'two');
    await mergeDeliveries(database.db, 'security', now);
    expect([...(await queue.traceParentsOf('d1', 10))].toSorted()).toEqual(['one', 'two']);
  });
});
