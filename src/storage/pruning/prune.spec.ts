import { OutboxStore } from '../outbox/outbox-store.js';
import { pruneGone } from './prune-gone.js';
import { pruneBatch } from './prune.js';
import type { StoredDeliveryStatus } from '../database/schema.js';
import { ThrottlesStore } from '../throttles/throttles-store.js';
import { SeenEventsStore } from '../events/seen-events-store.js';
import { newAlert } from '../../../test/support/alerts.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';

const long = Date.UTC(2026, 0, 1);
const now = Date.UTC(2026, 0, 15, 12);
const never = { seenEvents: 0, throttles: 0, delivered: 0, dead: 0 };
const everything = { seenEvents: now, throttles: now, delivered: now, dead: now };

describe.each(databases)('pruning on $name', ({ open }) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await open();
  });

  afterEach(() => database.close());

  /** A delivery with one alert. */
  async function add(id: string, status: StoredDeliveryStatus, finishedAt: number | null): Promise<void> {
    await new OutboxStore(database.db).add(
      [{ id, channel: 'security' }],
      [newAlert(`alert-${id}`, id)],
      long,
    );
    await database.db
      .updateTable('deliveries')
      .set({ status, finished_at: finishedAt })
      .where('id', '=', id)
      .execute();
  }

  const ids = async (table: 'deliveries' | 'alerts'): Promise<string[]> =>
    (await database.db.selectFrom(table).select('id').orderBy('id').execute()).map((row) => row.id);
  const seen = async (): Promise<string[]> =>
    (await database.db.selectFrom('seen_events').select('log_id').orderBy('log_id').execute()).map(
      (row) => row.log_id,
    );

  it('deletes of each kind what is older than its own time, alerts with their message', async () => {
    for (const [id, at] of [
      ['old', long],
      ['new', now],
    ] as const) {
      await add(`delivered-${id}`, 'delivered', at);
      await add(`dead-${id}`, 'dead', at);
      await new SeenEventsStore(database.db).record([`seen-${id}`], at);
      await new OutboxStore(database.db).add([], [newAlert(`suppressed-${id}`, undefined)], at);
    }
    const all = [await ids('deliveries'), await ids('alerts'), await seen()];
    expect(await pruneBatch(database.db, never)).toBe(false);
    expect([await ids('deliveries'), await ids('alerts'), await seen()]).toEqual(all);

    await pruneBatch(database.db, { ...never, delivered: now });
    expect(await ids('deliveries')).toEqual(['dead-new', 'dead-old', 'delivered-new']);
    await pruneBatch(database.db, { ...never, dead: now });
    expect(await ids('deliveries')).toEqual(['dead-new', 'delivered-new']);
    expect(await ids('alerts')).toEqual(['alert-dead-new', 'alert-delivered-new', 'suppressed-new']);
    expect(await seen()).toEqual(['seen-new', 'seen-old']);
    await pruneBatch(database.db, { ...never, seenEvents: now });
    expect(await seen()).toEqual(['seen-new']);
  });

  it('never touches what waits, however old it is', async () => {
    await add('pending', 'pending', null);
    await add('retrying', 'retrying', null);
    expect(
      await pruneBatch(database.db, {
        seenEvents: now * 2,
        throttles: now * 2,
        delivered: now * 2,
        dead: now * 2,
      }),
    ).toBe(false);
    expect(await ids('deliveries')).toEqual(['pending', 'retrying']);
    expect(await ids('alerts')).toEqual(['alert-pending', 'alert-retrying']);
  });

  it('deletes 200 rows at a time and says whether more is left', async () => {
    const logIds = Array.from({ length: 500 }, (_, index) => `id-${index}`);
    await new SeenEventsStore(database.db).record(logIds, long);
    const left = [];
    for (const more of [true, true, false]) {
      expect(await pruneBatch(database.db, everything)).toBe(more);
      left.push((await seen()).length);
    }
    expect(left).toEqual([300, 100, 0]);
  });

  it('batches digests too, by their alerts, and lets go of a message after the last of them', async () => {
    const numbers = Array.from({ length: 500 }, (_, index) => index);
    await new OutboxStore(database.db).add(
      [
        { id: 'digest', channel: 'security' },
        { id: 'notice', channel: 'security' },
      ],
      numbers.map((number) => newAlert(`a${number}`, 'digest')),
      long,
    );
    await database.db.updateTable('deliveries').set({ status: 'delivered', finished_at: long }).execute();
    const left = [];
    for (const more of [true, true, false]) {
      expect(await pruneBatch(database.db, everything)).toBe(more);
      left.push([(await ids('deliveries')).length, (await ids('alerts')).length]);
    }
    expect(left).toEqual([
      [1, 300],
      [1, 100],
      [0, 0],
    ]);
  });

  it('forgets throttle periods that have nothing left to report', async () => {
    const period = (key: string, suppressed: number) => ({
      rule: 'failures',
      key,
      ruleHash: 'hash',
      state: { until: long, suppressed, suppressedSince: long },
      summaryAt: long,
      lastSuppressed: [],
      openedBy: {},
    });
    await new ThrottlesStore(database.db).save([period('scripted', 0), period('to be summarised', 1)]);
    await pruneBatch(database.db, everything);
    const rows = await database.db.selectFrom('throttles').select('key').execute();
    expect(rows).toEqual([{ key: 'to be summarised' }]);
  });

  it('forgets rules without a hit for more than a year, and budgets and leases that ran out yesterday', async () => {
    const days = (count: number): number => Date.now() - count * 86_400_000;
    const [old, recent] = [days(500), days(0)];
    const rows = <T>(make: (name: string, at: number) => T): T[] => [
      make('old', old),
      make('recent', recent),
    ];
    await database.db
      .insertInto('rule_hits')
      .values(rows((rule, at) => ({ rule, hits: 1, last_hit: at })))
      .execute();
    await database.db
      .insertInto('budgets')
      .values(rows((name, at) => ({ name, used_until: at })))
      .execute();
    await database.db
      .insertInto('channel_leases')
      .values(rows((channel, at) => ({ channel, holder: 'a', expires_at: at })))
      .execute();
    await pruneGone(database.db, Date.now());
    expect(await database.db.selectFrom('rule_hits').select('rule').execute()).toEqual([{ rule: 'recent' }]);
    expect(await database.db.selectFrom('budgets').select('name').execute()).toEqual([{ name: 'recent' }]);
    expect(await database.db.selectFrom('channel_leases').select('channel').execute()).toEqual([
      { channel: 'recent' },
    ]);
  });
});
