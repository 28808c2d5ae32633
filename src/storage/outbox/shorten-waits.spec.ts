import { defaultRetryPolicy, longestHoldMs } from '../../domain/alerting/retry-policy.js';
import type { StoredThrottle } from '../../domain/stores.js';
import { DeliveryQueue, type DueDelivery } from './delivery-queue.js';
import { KyselyTransactions } from '../database/kysely-transactions.js';
import { OutboxStore } from './outbox-store.js';
import { shortenWaits } from './shorten-waits.js';
import { SilencesReader } from '../silences/silences-reader.js';
import { newAlert } from '../../../test/support/alerts.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import { settleAs } from '../../../test/support/settled.js';

const now = Date.UTC(2026, 0, 15, 12);
const minute = 60_000;
const hour = 60 * minute;
const ahead = now + hour;

describe.each(databases)('waits that a clock an hour ahead wrote, on $name', ({ open }) => {
  let database: TestDatabase;
  let queue: DeliveryQueue;

  beforeEach(async () => {
    database = await open();
    queue = new DeliveryQueue(database.db);
  });

  afterEach(() => database.close());

  const add = (id: string, at: number, more: object = {}) =>
    new OutboxStore(database.db).add([{ id, channel: 'security', ...more }], [newAlert(`of-${id}`, id)], at);
  const shorten = async (at = now): Promise<string[]> => [...(await shortenWaits(database.db, at))];
  /** When each message is due, in ms from now. */
  const due = async (): Promise<Record<string, number>> => {
    const rows = await database.db.selectFrom('deliveries').selectAll().execute();
    return Object.fromEntries(rows.map(({ id, next_at }) => [id, next_at - now]));
  };
  const take = async (at: number): Promise<DueDelivery> => {
    const next = await queue.next('security', at);
    if (next.kind !== 'due') throw new Error(`nothing is due: ${JSON.stringify(next)}`);
    return next.delivery;
  };

  it('of new messages end at once, those of groups after as long as the rule says, and none twice', async () => {
    await add('new', ahead);
    await add('grouped', ahead, { group: { key: 'g', until: ahead + 2 * minute } });
    await add('of-today', now - minute, { group: { key: 'h', until: now + 3 * hour } });
    expect(await shorten()).toEqual(['security']);
    expect(await due()).toEqual({ new: 0, grouped: 2 * minute, 'of-today': 3 * hour });
    expect(await shorten(now + 1_000)).toEqual([]);
    expect(await take(now)).toMatchObject({ id: 'new', attempts: 0 });
  });

  it('of messages to be replayed end at once', async () => {
    await add('replayed', now - hour);
    await database.db.updateTable('deliveries').set({ next_at: ahead }).execute();
    expect(await shorten()).toEqual(['security']);
    expect(await due()).toEqual({ replayed: 0 });
  });

  it('of more messages than one transaction changes all end', async () => {
    for (let i = 0; i < 450; i += 1) await add(`d${i}`, ahead);
    await shorten();
    expect(new Set(Object.values(await due()))).toEqual(new Set([0]));
  });

  it('of retries and replies are no longer than the longest backoff', async () => {
    await add('tried', now - minute);
    const error = { text: 'HTTP 500', unknown: false };
    const retry = { kind: 'retry', at: ahead + minute, possiblyPosted: false } as const;
    await settleAs(queue, await take(ahead), retry, ahead, error);
    await add('reply', now - minute, { threadOf: 'tried' });
    expect(await queue.next('security', ahead)).toMatchObject({ kind: 'none' });
    expect(await due()).toEqual({ tried: hour + minute, reply: hour + minute + 1_000 });
    await shorten();
    expect(await due()).toEqual({
      tried: defaultRetryPolicy.maxDelayMs,
      reply: defaultRetryPolicy.maxDelayMs,
    });
  });

  it('do not put off the day after which a message is given up', async () => {
    await add('d', now - minute);
    const error = { text: 'HTTP 500', unknown: false };
    const retry = (at: number) => ({ kind: 'retry', at, possiblyPosted: false }) as const;
    await settleAs(queue, await take(ahead), retry(now), ahead, error);
    await settleAs(queue, await take(now), retry(now), now, error);
    expect((await take(now)).firstTriedAt).toBe(now);
  });

  it('of held channels are as long as the channel asked for, and no longer than it may', async () => {
    await add('d', now);
    const hold = (from: number, ms: number) =>
      settleAs(queue, { ...held, channel: `after ${ms}` }, { kind: 'hold-channel', until: from + ms }, from);
    const held = await take(now);
    await hold(ahead, 30_000);
    await hold(now - minute, 14 * minute);
    await database.db
      .insertInto('channel_states')
      .values({
        channel: 'of an older version',
        held_until: ahead + minute,
        unknown_refusals: 0,
        paused: null,
      })
      .execute();
    expect((await shorten()).toSorted()).toEqual(['after 30000', 'of an older version']);
    const states = await database.db.selectFrom('channel_states').selectAll().orderBy('channel').execute();
    expect(states.map(({ channel, held_until }) => [channel, held_until - now])).toEqual([
      ['after 30000', 30_000],
      ['after 840000', 13 * minute],
      ['of an older version', longestHoldMs],
    ]);
    expect(await shorten(now + 1_000)).toEqual([]);
  });

  it('of throttles that suppressed something are as long as the period still was', async () => {
    const stored = (key: string, suppressedSince: number): StoredThrottle => ({
      rule: 'r',
      key,
      ruleHash: 'hash',
      state: { until: suppressedSince + 5 * minute, suppressed: 2, suppressedSince },
      summaryAt: suppressedSince + 5 * minute + 30_000,
      lastSuppressed: ['alert'],
      openedBy: {},
    });
    await new KyselyTransactions(database.db).run(({ throttles }) =>
      throttles.save([stored('right', now), stored('wrong', ahead)]),
    );
    await shorten();
    const rows = await database.db.selectFrom('throttles').selectAll().orderBy('key').execute();
    for (const row of rows)
      expect(row).toMatchObject({
        until: now + 5 * minute,
        summary_at: now + 5 * minute + 30_000,
        suppressed_since: now,
        suppressed: 2,
      });
    expect(rows).toHaveLength(2);
  });

  it('of silences are as long as somebody asked for', async () => {
    await new KyselyTransactions(database.db).run(async ({ silences }) => {
      for (const [id, createdAt] of [
        ['right', now - minute],
        ['wrong', ahead],
      ] as const)
        await silences.add({ id, rule: 'r', reason: '', author: '', createdAt, endsAt: createdAt + hour });
    });
    await shorten();
    const reader = new SilencesReader(database.db);
    const ends = (await reader.inForce({ limit: 10 }, now)).map(({ id, endsAt }) => [id, endsAt - now]);
    expect(ends).toEqual([
      ['wrong', hour],
      ['right', 59 * minute],
    ]);
  });

  it('of events that something is to follow end in time, and a window learns from now on', async () => {
    const tables = database.db;
    const event = (seq: number, id: string, at: number) => ({
      key_id: 'k',
      log_id: id,
      at,
      due_at: at + minute,
      seq,
      steps: '[0]',
      value: null,
    });
    await tables
      .insertInto('window_events')
      .values([event(0, 'right', now - 1_000), event(1, 'wrong', ahead)])
      .execute();
    await new KyselyTransactions(database.db).run(({ windows }) =>
      windows.load([{ id: 'r', hash: 'h' }], ahead),
    );
    await shorten();
    const events = await tables
      .selectFrom('window_events')
      .select(['log_id', 'at', 'due_at'])
      .orderBy('log_id')
      .execute();
    expect(events).toEqual([
      { log_id: 'right', at: now - 1_000, due_at: now + minute - 1_000 },
      { log_id: 'wrong', at: now, due_at: now + minute },
    ]);
    expect(await tables.selectFrom('windows').select('loaded_at').execute()).toEqual([{ loaded_at: now }]);
  });
});
