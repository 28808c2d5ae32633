import { moveNotices } from './move-notices.js';
import { OutboxStore } from './outbox-store.js';
import { newAlert } from '../../../test/support/alerts.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';

const now = Date.UTC(2026, 0, 15, 12);
const minute = 60_000;

describe.each(databases)('notices that can’t go to their channel, on $name', ({ open }) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await open();
    const outbox = new OutboxStore(database.db);
    await outbox.add([{ id: 'alert', channel: 'ops' }], [newAlert('of-alert', 'alert')], now - 10 * minute);
    const notice = { severity: 'high', title: 'a notice', detail: '', at: now } as const;
    await outbox.add([{ id: 'old', channel: 'ops', notice }], [], now - minute);
    await outbox.add([{ id: 'new', channel: 'ops', notice }], [], now);
    await outbox.add([{ id: 'elsewhere', channel: 'iam', notice }], [], now - minute);
    await outbox.add([{ id: 'dead', channel: 'ops', notice }], [], now - minute);
    await database.db
      .updateTable('deliveries')
      .set({ status: 'dead', finished_at: now })
      .where('id', '=', 'dead')
      .execute();
  });

  afterEach(() => database.close());

  const channelIs = (held_until: number, paused: string | null) =>
    database.db
      .insertInto('channel_states')
      .values({ channel: 'ops', held_until, held_since: now, paused, unknown_refusals: 0 })
      .execute();
  const moved = async (): Promise<readonly string[]> => {
    const count = await moveNotices(database.db, 'ops', 'backup', now);
    const rows = await database.db
      .selectFrom('deliveries')
      .selectAll()
      .where('channel', '=', 'backup')
      .execute();
    expect(count).toBe(rows.length);
    expect(rows.every(({ status, next_at }) => status === 'pending' && next_at === now)).toBe(true);
    return rows.map(({ id }) => id).toSorted();
  };

  it('stay while nothing is known against it', async () => {
    expect(await moved()).toEqual([]);
  });

  it('move while it is paused', async () => {
    await channelIs(now + 1, 'no_service');
    expect(await moved()).toEqual(['new', 'old']);
  });

  it('stay when the rest of a pause is over, since one of them tries it', async () => {
    await channelIs(now, 'no_service');
    expect(await moved()).toEqual([]);
  });

  it('move while it is held for more than a minute', async () => {
    await channelIs(now + minute + 1, null);
    expect(await moved()).toEqual(['new', 'old']);
  });

  it('move while it is held for less if they are older than a minute', async () => {
    await channelIs(now + minute, null);
    expect(await moved()).toEqual(['old']);
  });

  it('move when they have been tried for five minutes, with nothing left of that', async () => {
    await database.db
      .updateTable('deliveries')
      .set({ status: 'retrying', attempts: 9, first_tried_at: now - 5 * minute, next_at: now + minute })
      .where('id', 'in', ['new', 'alert'])
      .execute();
    expect(await moved()).toEqual(['new']);
    expect(
      await database.db.selectFrom('deliveries').selectAll().where('id', '=', 'new').executeTakeFirst(),
    ).toMatchObject({ attempts: 0, first_tried_at: null });
  });
});
