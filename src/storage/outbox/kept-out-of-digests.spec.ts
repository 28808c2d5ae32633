import { migrate, migrations } from '../database/migrate.js';
import { DeliveryQueue, type Pace } from './delivery-queue.js';
import { openDatabase } from '../database/open-database.js';
import { OutboxStore } from './outbox-store.js';
import type { NewAlert, NewDelivery } from '../../domain/stores.js';
import { writeThrottleSummaries } from '../throttles/throttle-summaries-store.js';
import { ThrottlesStore } from '../throttles/throttles-store.js';
import { alertContent, newAlert } from '../../../test/support/alerts.js';
import { CountingIds } from '../../../test/support/counting-ids.js';
import { databases, emptyDatabases, type TestDatabase } from '../../../test/support/databases.js';
import { RecordedStatements } from '../../../test/support/query-plans.js';
import { settleAs } from '../../../test/support/settled.js';

const now = Date.UTC(2026, 0, 15, 12);
const pace: Pace = {
  budgets: [{ name: 'security', rate: { perSecond: 1, burst: 3 } }],
  digestAfterMs: 10_000,
};
const number = (index: number): string => String(index).padStart(6, '0');

describe.each(databases)('what no digest takes in, on $name', ({ open }) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await open();
  });

  afterEach(() => database.close());

  /** Messages of one alert each, in the order in which they go out. */
  async function add(count: number, changes: (index: number) => Partial<NewDelivery>): Promise<void> {
    const indexes = Array.from({ length: count }, (_, index) => index);
    await new OutboxStore(database.db).add(
      indexes.map((index) => ({ id: `d${number(index)}`, channel: 'security', ...changes(index) })),
      indexes.map((index) => newAlert(`a${number(index)}`, `d${number(index)}`)),
      now,
    );
  }

  /** What goes out, a message a second. */
  async function posted(): Promise<string[]> {
    const queue = new DeliveryQueue(database.db);
    const shown: string[] = [];
    for (let at = now; ; at += 1_000) {
      const next = await queue.next('security', at, pace);
      if (next.kind === 'none') return shown;
      if (next.kind === 'paced') continue;
      const { id, message } = next.delivery;
      shown.push(message.kind === 'digest' ? `${id}: ${message.digest.total} alerts` : `${id}: alone`);
      await settleAs(queue, next.delivery, { kind: 'delivered' }, at);
    }
  }

  const isAlone = async (id: string): Promise<boolean> => {
    const row = database.db.selectFrom('deliveries').select('alone').where('id', '=', id);
    return (await row.executeTakeFirstOrThrow()).alone === 1;
  };

  it('goes out by itself, and all the rest as one message', async () => {
    await add(60, (index) => ({ alone: index === 40 }));
    expect(await posted()).toEqual(['d000000: 59 alerts', 'd000040: alone']);
  });

  it('holds no digest up when it comes first', async () => {
    await add(60, (index) => ({ alone: index < 2 }));
    expect(await posted()).toEqual(['d000000: alone', 'd000001: alone', 'd000002: 58 alerts']);
  });

  it('is not gone through in search of something to merge, however much of it waits', async () => {
    await add(1_000, () => ({ alone: true }));
    const recorded = new RecordedStatements(database);
    await new DeliveryQueue(recorded.db).next('security', now, pace);
    // A merge would take five batches of two statements more.
    expect(recorded.count).toBeLessThanOrEqual(16);
    const left = await database.db.selectFrom('deliveries').select('id').execute();
    expect(left).toHaveLength(1_000);
  });

  it('is a group, too, once an alert has joined it that stands alone', async () => {
    const group = { key: 'g', text: 'g', until: now + 30_000 };
    const join = (id: string, alone: boolean) =>
      new OutboxStore(database.db).add(
        [{ id, channel: 'security', group, alone }],
        [newAlert(`a${id}`, id)],
        now,
      );
    await join('d1', false);
    await join('d2', false);
    expect(await isAlone('d1')).toBe(false);
    await join('d3', true);
    await join('d4', false);
    expect(await isAlone('d1')).toBe(true);
  });

  it.each([
    ['critical', alertContent('T', { severity: 'critical' }), true],
    ['with a mention', alertContent('T', { mentions: ['<!here>'] }), true],
    ['high', alertContent('T'), false],
  ] as const)('is what was suppressed last, too, where it is %s: %#', async (_case, content, alone) => {
    const last: NewAlert = { ...newAlert('a1', undefined, { reason: 'throttled' }), content };
    await new OutboxStore(database.db).add([], [last], now);
    await new ThrottlesStore(database.db).save([
      {
        rule: last.rule,
        key: 'k',
        ruleHash: 'h',
        state: { until: now, suppressed: 1, suppressedSince: now },
        summaryAt: now,
        lastSuppressed: ['a1'],
        openedBy: {},
      },
    ]);
    await writeThrottleSummaries(database.db, new CountingIds(), now);
    const { id } = await database.db.selectFrom('deliveries').select('id').executeTakeFirstOrThrow();
    expect(await isAlone(id)).toBe(alone);
  });
});

describe.each(emptyDatabases)('what waited before there was an upgrade, on $name', ({ create }) => {
  it('is known to stand alone', async () => {
    const { url, remove } = await create();
    const db = openDatabase(url);
    try {
      const before = Object.entries(migrations).filter(([name]) => name < '010');
      await migrate(db, { version: '0.9.0', migrations: Object.fromEntries(before) });
      const alerts = [
        newAlert('a1', 'd1', { severity: 'critical', content: alertContent('T', { severity: 'critical' }) }),
        newAlert('a2', 'd2', { content: alertContent('T', { mentions: ['<!here>'] }) }),
        newAlert('a3', 'd3', { content: alertContent('"mentions":["<!here>"]') }),
        newAlert('a4', 'd4', { severity: 'critical' }),
      ];
      for (const { id, deliveryId } of alerts) {
        await db
          .insertInto('deliveries')
          .values({
            id: deliveryId as string,
            channel: 'security',
            status: id === 'a4' ? 'delivered' : 'pending',
            next_at: now,
            created_at: now,
            finished_at: id === 'a4' ? now : null,
          })
          .execute();
      }
      for (const alert of alerts) {
        await db
          .insertInto('alerts')
          .values({
            id: alert.id,
            rule: alert.rule,
            channel: alert.channel,
            severity: alert.severity,
            at: alert.at,
            created_at: now,
            title: alert.title,
            log_ids: JSON.stringify(alert.logIds),
            log_id: alert.logIds[0],
            reason: alert.reason,
            content: JSON.stringify(alert.content),
            delivery_id: alert.deliveryId ?? null,
            event_type: alert.keys.type,
          })
          .execute();
      }
      await migrate(db);
      const rows = await db.selectFrom('deliveries').select(['id', 'alone']).orderBy('id').execute();
      expect(rows.map(({ id, alone }) => `${id}: ${alone}`)).toEqual(['d1: 1', 'd2: 1', 'd3: 0', 'd4: 0']);
    } finally {
      await db.destroy();
      await remove();
    }
  });
});
