import { sql } from 'kysely';
import type { LogEvent } from '../src/domain/event.js';
import { Correlator } from '../src/domain/windows/correlator.js';
import type { WindowRule } from '../src/domain/windows/window.js';
import { fingerprint } from '../src/app/fingerprint.js';
import { WindowStore } from '../src/storage/windows/window-store.js';
import { databases } from '../test/support/databases.js';
import { round } from './measure.js';

const batch = 100;
const measuredMs = 4_000;
const noon = Date.UTC(2026, 0, 15, 12);

export interface WindowsRow {
  readonly keys: number;
  readonly events: number;
  readonly microsPerEvent: number;
}

/** A count by IP over every event, a hundred events a transaction, on SQLite that flushes nothing to disk. */
export async function measureWindows(): Promise<readonly WindowsRow[]> {
  return [await measureKeys(10), await measureKeys(100_000)];
}

async function measureKeys(keys: number): Promise<WindowsRow> {
  const [sqlite] = databases;
  const database = await (sqlite as (typeof databases)[number]).open();
  try {
    await sql`pragma synchronous = off`.execute(database.db);
    const rule: WindowRule = {
      id: 'by-ip',
      hash: 'by-ip',
      window: {
        kind: 'count',
        by: [{ kind: 'path', steps: ['ip'] }],
        count: 20,
        withinMs: 600_000,
        cooldownMs: 600_000,
      },
    };
    const correlator = new Correlator(fingerprint);
    await database.db.transaction().execute((tx) => new WindowStore(tx).load([rule], noon));
    let events = 0;
    const started = performance.now();
    while (performance.now() - started < measuredMs) {
      const inputs = Array.from({ length: batch }, (_, index) => ({
        rule,
        event: eventOf(events + index, keys),
        steps: [0],
      }));
      const now = noon + (events + batch) * 10;
      await database.db.transaction().execute((tx) => correlator.correlate(inputs, new WindowStore(tx), now));
      events += batch;
    }
    return { keys, events, microsPerEvent: round(((performance.now() - started) * 1000) / events) };
  } finally {
    await database.close();
  }
}

/** The addresses in an order that has nothing to do with their values. */
function eventOf(index: number, keys: number): LogEvent {
  const key = (index * 48_271) % keys;
  const ip = `10.${key >> 16}.${(key >> 8) & 255}.${key & 255}`;
  return { logId: String(index), type: 'fp', at: noon + index * 10, data: { type: 'fp', ip } };
}
