import { newAlert } from '../../../test/support/alerts.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import type { Remind } from '../../domain/alerting/remind.js';
import type { NewAlert, NewDelivery } from '../../domain/stores.js';
import { KyselyTransactions } from '../database/kysely-transactions.js';
import { openDatabase } from '../database/open-database.js';
import { writeReminders, type OpenMessage } from './due-reminders.js';
import { mergeDeliveries } from './merge-deliveries.js';

const now = 1_000_000;
const remind: Remind = { afterMs: 100, everyMs: 50, times: 2, channels: [] };

describe.each(databases)('reminders on $name', ({ name, open }) => {
  let database: TestDatabase;
  let asked: OpenMessage[];
  let ids: number;

  beforeEach(async () => {
    database = await open();
    asked = [];
    ids = 0;
  });
  afterEach(() => database.close());

  const reminding = {
    remindOf: (rules: readonly string[]) => (rules.includes('failures') ? remind : undefined),
    remindersOf: (message: OpenMessage): NewDelivery[] => {
      asked.push(message);
      const notice = { severity: 'high', title: message.id, detail: '', at: now } as const;
      return [{ id: `r${(ids += 1)}`, channel: message.channel, notice }];
    },
  };
  const write = (at: number, db = database.db) => writeReminders(db, reminding, at);
  const add = (deliveries: readonly NewDelivery[], alerts: readonly NewAlert[]): Promise<unknown> =>
    new KyselyTransactions(database.db).run(({ outbox }) => outbox.add(deliveries, alerts, now));
  const post = (changes: object = {}): Promise<unknown> =>
    database.db
      .updateTable('deliveries')
      .set({ status: 'delivered', finished_at: now, ...changes })
      .where('id', '=', 'd1')
      .execute();
  const addOne = (alert: Partial<NewAlert> = {}): Promise<unknown> =>
    add([{ id: 'd1', channel: 'security', remindAt: now + 100 }], [newAlert('a1', 'd1', alert)]);

  it('ask in time, as often as the rule says, and over a restart', async () => {
    await addOne();
    await post();
    expect([...(await write(now + 99))]).toEqual([]);
    expect([...(await write(now + 100))]).toEqual(['security']);
    await write(now + 149);
    await database.reopen();
    await write(now + 150);
    await write(now + 9_999);
    expect(asked.map(({ number, postedAt }) => [number, postedAt])).toEqual([
      [1, now],
      [2, now],
    ]);
  });

  it('count from the post, and not before there was one', async () => {
    await addOne();
    await write(now + 100);
    await post({ finished_at: now + 1_000 });
    await write(now + 5_100);
    expect(asked).toHaveLength(1);
    await database.db.updateTable('deliveries').set({ remind_at: now, reminders: 0 }).execute();
    await post({ finished_at: now + 6_000 });
    await write(now + 6_050);
    expect(asked).toHaveLength(1);
  });

  it('end with an acknowledgement, and begin again with a reopening', async () => {
    await addOne();
    await post();
    const save = (state: 'acknowledged' | 'open', at: number) =>
      new KyselyTransactions(database.db).run(({ deliveryStates }) =>
        deliveryStates.save('d1', { state, by: 'Ann', at }),
      );
    await save('acknowledged', now + 10);
    await write(now + 1_000);
    expect(asked).toEqual([]);
    await save('open', now + 1_000);
    await write(now + 1_099);
    await write(now + 1_100);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['dead', { status: 'dead' }, {}],
    ['of rules that ask nobody', {}, { rule: 'other' }],
  ])('do not ask about a message that is %s', async (_what, changes, alert) => {
    await addOne(alert);
    await post(changes);
    await write(now + 1_000);
    expect(asked).toEqual([]);
    expect(await database.db.selectFrom('deliveries').select('remind_at').execute()).toEqual([
      { remind_at: null },
    ]);
  });

  it('ask once for all that a digest holds', async () => {
    await add(
      [
        { id: 'd1', channel: 'security' },
        { id: 'd2', channel: 'security', remindAt: now + 100 },
        { id: 'd3', channel: 'security', remindAt: now + 200 },
      ],
      ['d1', 'd2', 'd3'].map((id) => newAlert(`a-${id}`, id)),
    );
    await mergeDeliveries(database.db, 'security', now);
    await post();
    await write(now + 100);
    expect(asked).toMatchObject([{ id: 'd1', message: { kind: 'digest', digest: { total: 3 } } }]);
  });

  if (name === 'PostgreSQL')
    it('are written by one of two replicas', async () => {
      const other = openDatabase(database.url);
      try {
        await addOne();
        await post();
        await Promise.all([
          write(now + 100),
          write(now + 100, other),
          write(now + 100),
          write(now + 100, other),
        ]);
        const written = await database.db
          .selectFrom('deliveries')
          .select('id')
          .where('id', 'like', 'r%')
          .execute();
        expect(written).toHaveLength(1);
      } finally {
        await other.destroy();
      }
    });
});
