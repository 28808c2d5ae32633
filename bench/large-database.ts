import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { DeliveryQueue, type Pace } from '../src/storage/outbox/delivery-queue.js';
import { migrate } from '../src/storage/database/migrate.js';
import { openDatabase } from '../src/storage/database/open-database.js';
import { optimize } from '../src/storage/database/optimize.js';
import { OutboxOperations } from '../src/storage/outbox/outbox-operations.js';
import { AlertsReader } from '../src/storage/outbox/alerts-reader.js';
import { OutboxReader } from '../src/storage/outbox/outbox-reader.js';
import { pruneWindows } from '../src/storage/pruning/prune-windows.js';
import { pruneBatch } from '../src/storage/pruning/prune.js';
import type { Database } from '../src/storage/database/schema.js';
import { WindowStore } from '../src/storage/windows/window-store.js';
import { fill, filledAt } from '../test/support/filled-database.js';
import { round } from './measure.js';

const filling = {
  deliveries: 620_000,
  waiting: 120_000,
  suppressedAlerts: 200_000,
  windowKeys: 200_000,
  throttles: 200_000,
  seenEvents: 620_000,
};
const week = 7 * 86_400_000;
const page = { limit: 100 };
const pace: Pace = {
  budgets: [{ name: 'security', rate: { perSecond: 1, burst: 3 } }],
  digestAfterMs: 10_000,
};

export interface LargeDatabaseRow {
  readonly what: string;
  /** From call to answer. */
  readonly ms: number;
  /** The longest time without a turn of the event loop meanwhile. */
  readonly stallMs: number;
}

/** What is asked of a SQLite database that has run for a month, with no statistics, in the order of the rows. */
export async function measureLargeDatabase(): Promise<readonly LargeDatabaseRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'router-bench-large-'));
  const db = openDatabase(`sqlite:${join(folder, 'large.db')}`);
  try {
    await migrate(db);
    await fill(db, filling);
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
    const rows: LargeDatabaseRow[] = [];
    for (const [what, work] of works(db)) rows.push(await measured(what, work));
    return rows;
  } finally {
    await db.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

function works(db: Kysely<Database>): readonly (readonly [string, () => Promise<unknown>])[] {
  const queue = new DeliveryQueue(db);
  const reader = new OutboxReader(db);
  const before = filledAt - week;
  return [
    ['channels with something waiting', () => queue.channels()],
    ['the next message of a channel', () => queue.next('other-1', filledAt, pace)],
    ['window keys that are due', () => new WindowStore(db).dueKeys(['window-0', 'window-1'], filledAt, 100)],
    ['the list of all messages', () => reader.deliveries(page, filledAt)],
    ['the list of delivered messages', () => reader.deliveries(page, filledAt, { status: 'delivered' })],
    ['the list of dead messages', () => reader.deliveries(page, filledAt, { status: 'dead' })],
    ['the list of retrying messages', () => reader.deliveries(page, filledAt, { status: 'retrying' })],
    ['the list of alerts', () => new AlertsReader(db).list(page)],
    ['the state of channels', () => new OutboxOperations(db).healths()],
    [
      'a batch of the prune',
      () => pruneBatch(db, { seenEvents: before, throttles: before, delivered: before, dead: before }),
    ],
    ['a batch of the prune of windows', () => pruneWindows(db, filledAt)],
    ['the statistics of the tables', () => optimize(db, 'opening')],
    ['the merge of 120,000 messages, and the message', () => queue.next('security', filledAt, pace)],
  ];
}

async function measured(what: string, work: () => Promise<unknown>): Promise<LargeDatabaseRow> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await wait(20);
  delays.reset();
  const started = performance.now();
  await work();
  const ms = performance.now() - started;
  // A stall that is just over is recorded in the loop's next turn.
  await wait(10);
  delays.disable();
  return { what, ms: round(ms), stallMs: round(delays.max / 1e6) };
}
