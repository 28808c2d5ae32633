import { sql, type Kysely } from 'kysely';
import { DeliveryQueue, type Pace } from '../outbox/delivery-queue.js';
import { mergeDeliveries } from '../outbox/merge-deliveries.js';
import { optimize } from './optimize.js';
import { writeReminders } from '../outbox/due-reminders.js';
import { OutboxOperations } from '../outbox/outbox-operations.js';
import { countHandled } from '../resolutions/handled-alerts.js';
import { AlertsReader } from '../outbox/alerts-reader.js';
import { OutboxReader } from '../outbox/outbox-reader.js';
import { pruneWindows } from '../pruning/prune-windows.js';
import { pruneBatch } from '../pruning/prune.js';
import type { Database } from './schema.js';
import { writeThrottleSummaries } from '../throttles/throttle-summaries-store.js';
import { writeFollowUps } from '../windows/due-follow-ups.js';
import { WindowStore } from '../windows/window-store.js';
import { CountingIds } from '../../../test/support/counting-ids.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import { fill, filledAt } from '../../../test/support/filled-database.js';
import { RecordedStatements } from '../../../test/support/query-plans.js';

const filling = {
  deliveries: 31_000,
  waiting: 6_000,
  suppressedAlerts: 10_000,
  windowKeys: 60_000,
  throttles: 120_000,
  seenEvents: 120_000,
};
const nearlyNothing = {
  deliveries: 10,
  waiting: 5,
  suppressedAlerts: 5,
  windowKeys: 5,
  throttles: 5,
  seenEvents: 5,
};
const pace: Pace = {
  budgets: [{ name: 'security', rate: { perSecond: 1, burst: 3 } }],
  digestAfterMs: 10_000,
};
const day = 86_400_000;
/** Nearly everything is newer. */
const longAgo = filledAt - 30 * day + day / 4;
const page = { limit: 50 };

/** What is read while events come in, by the clock or by people, and the indexes by which it is found. */
const hotQueries: readonly {
  readonly what: string;
  readonly run: (db: Kysely<Database>) => Promise<unknown>;
  readonly by: readonly string[];
}[] = [
  {
    what: 'the channels with something waiting',
    run: (db) => new DeliveryQueue(db).channels(),
    by: ['deliveries_waiting'],
  },
  {
    what: 'the next message of a channel',
    run: (db) => new DeliveryQueue(db).next('other-1', filledAt, pace),
    by: ['deliveries_waiting', 'alerts_shown'],
  },
  {
    what: 'whether more waits than can be sent, and the merge',
    run: (db) => mergeDeliveries(db, 'other-2', filledAt),
    by: ['deliveries_waiting'],
  },
  {
    what: 'window keys that are due',
    run: (db) => new WindowStore(db).dueKeys(['window-0', 'window-1'], filledAt, 100),
    by: ['window_events_due'],
  },
  {
    what: 'cooldowns that have ended',
    run: (db) => writeFollowUps(db, new CountingIds(), filledAt, () => true),
    by: ['window_follow_ups_by_due'],
  },
  {
    what: 'reminders that are due',
    run: (db) => writeReminders(db, { remindOf: () => undefined, remindersOf: () => [] }, filledAt),
    by: ['deliveries_to_remind'],
  },
  {
    what: 'the list of acknowledged messages',
    run: (db) => new OutboxReader(db).deliveries(page, filledAt, { state: 'acknowledged' }),
    by: ['deliveries_by_state'],
  },
  {
    what: 'how many alerts a message shows that somebody acknowledged',
    run: (db) => countHandled(db, 'd-100000001', { to: 'acknowledged', at: filledAt, resolution: undefined }),
    by: ['alerts_shown'],
  },
  {
    what: 'throttle periods to report',
    run: (db) => writeThrottleSummaries(db, new CountingIds(), filledAt),
    by: ['throttles_to_summarise'],
  },
  {
    what: 'what has served its time',
    run: (db) =>
      pruneBatch(db, { seenEvents: longAgo, throttles: longAgo, delivered: longAgo, dead: longAgo }),
    by: ['deliveries_ended', 'alerts_suppressed', 'throttles_to_prune', 'seen_events_by_time'],
  },
  {
    what: 'window keys that have served their time',
    run: (db) => pruneWindows(db, filledAt),
    by: ['window_keys_by_end', 'window_keys_by_use', 'window_samples_by_end'],
  },
  { what: 'the list of all messages', run: (db) => new OutboxReader(db).deliveries(page, filledAt), by: [] },
  ...(['pending', 'retrying', 'held', 'dead'] as const).map((status) => ({
    what: `the list of ${status} messages`,
    run: (db: Kysely<Database>) => new OutboxReader(db).deliveries(page, filledAt, { status }),
    by: ['deliveries_by_status'],
  })),
  // Nearly all messages are delivered, so that the list of all serves for them too.
  {
    what: 'the list of delivered messages',
    run: (db) => new OutboxReader(db).deliveries(page, filledAt, { status: 'delivered' }),
    by: [],
  },
  { what: 'the list of alerts', run: (db) => new AlertsReader(db).list(page), by: [] },
  {
    what: 'how the channels stand',
    run: (db) => new OutboxOperations(db).healths(),
    by: ['deliveries_waiting'],
  },
  {
    what: 'the message that opened a thread',
    run: (db) => new DeliveryQueue(db).openingMessage('d-100020001'),
    by: ['deliveries_in_threads'],
  },
];

const large =
  'deliveries|alerts|window_keys|window_events|window_samples|window_follow_ups|throttles|seen_events';
/** The alerts of one message are sorted, since there is one in nearly every message. */
const sorts = /^(?!.*alerts_shown)[^]*TEMP B-TREE FOR ORDER BY/;

/** Every row of a large table is read, in no order or by an index that excludes none and orders nothing. */
const readsAll = new RegExp(`Seq Scan on (${large})\\b|SCAN (${large})$`, 'm');

describe.each(databases)('queries on a large $name database', ({ name, open }) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await open();
    await database.db
      .insertInto('channel_states')
      .values({ channel: 'security', held_until: filledAt + day, unknown_refusals: 0 })
      .execute();
  });

  afterEach(() => database.close());

  async function expectIndexes(): Promise<void> {
    for (const { what, run, by } of hotQueries) {
      const recorded = new RecordedStatements(database);
      await run(recorded.db);
      const plans = await recorded.plans();
      for (const index of by)
        expect([what, plans.join('\n')]).toEqual([what, expect.stringContaining(index)]);
      expect([what, plans.filter((plan) => readsAll.test(plan) || sorts.test(plan))]).toEqual([what, []]);
    }
  }

  if (name === 'SQLite') {
    it('find what they want by an index before there are statistics', async () => {
      await fill(database.db, filling);
      await expectIndexes();
    });

    it('find what they want by an index with statistics of a time when there was little', async () => {
      await fill(database.db, nearlyNothing);
      await optimize(database.db, 'opening');
      await clear(database.db);
      await fill(database.db, filling);
      await expectIndexes();
    });
  }

  it('find what they want by an index once there are statistics', async () => {
    await fill(database.db, filling);
    if (name === 'SQLite') await optimize(database.db, 'opening');
    else await sql`analyze`.execute(database.db);
    await expectIndexes();
  });
});

async function clear(db: Kysely<Database>): Promise<void> {
  const tables = large.split('|');
  for (const table of [...tables, 'windows']) await sql`delete from ${sql.table(table)}`.execute(db);
}
