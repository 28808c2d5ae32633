import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../src/storage/database/migrate.js';
import { openDatabase } from '../src/storage/database/open-database.js';
import { loadedRules } from '../test/support/loaded-rules.js';
import { median, round } from './measure.js';
import { eventsPerBatch } from './workload/batches.js';
import { FailedLogins } from './window-cost/failed-logins.js';
import { Process, type Taken } from './window-cost/process.js';

/** No key reaches the count, so that nothing alerts. */
const rulesFile = `
version: 1
channels: { local: { console: true } }
rules: [{ id: by-ip, match: { types: [fp] }, channels: [local], window: { within: 12h, by: [ip], count: 10000 } }]
`;
const noon = Date.UTC(2026, 0, 15, 12);
const measuredBatches = 20;

interface Kind {
  /** About how many events the key of a batch holds before it. */
  readonly holds: number;
  /** `cold`: the batch is its process's first of that key, which has to be read. */
  readonly key: 'warm' | 'cold';
}

/** A key takes few of the measured batches, so that it holds about as much before the last as before the first. */
const kinds: readonly (Kind & { readonly filled: number; readonly batchesOfKey: number })[] = [
  { holds: 10_000, key: 'cold', filled: 9_400, batchesOfKey: 5 },
  { holds: 10_000, key: 'warm', filled: 9_400, batchesOfKey: 5 },
  { holds: 100, key: 'cold', filled: 100, batchesOfKey: 1 },
  { holds: 100, key: 'warm', filled: 100, batchesOfKey: 1 },
];

export interface WindowCostRow extends Kind {
  /** Of the router's process, from the matching to the commit, with all that is written of the event. */
  readonly microsPerEvent: number;
  /** The CPU time of all its threads meanwhile, without the waiting for the disk. */
  readonly cpuMicrosPerEvent: number;
  readonly parseMicros: number;
  readonly toParse: number;
}

/**
 * A count by address of which every event is a part, in batches of a hundred events of one key, on SQLite as production
 * opens it. Medians of twenty batches of each kind, in turn, and of the parsing between them.
 */
export async function measureWindowCost(): Promise<readonly WindowCostRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'router-bench-windows-'));
  const db = openDatabase(`sqlite:${join(folder, 'windows.db')}`);
  try {
    await migrate(db);
    const rules = await loadedRules(rulesFile);
    const warm = new Process(db, rules);
    await warm.load(noon);
    const processOf = ({ key }: Kind): Process => (key === 'warm' ? warm : new Process(db, rules));
    const events = new FailedLogins(noon);
    for (const kind of kinds) {
      const filling = processOf(kind);
      for (let key = 0; key < measuredBatches / kind.batchesOfKey; key++)
        for (let held = 0; held < kind.filled; held += eventsPerBatch)
          await filling.take(events.parsed(addressOf(kind, key)));
    }
    const taken = kinds.map((): Taken[] => []);
    const parsing: number[] = [];
    for (let batch = 0; batch < measuredBatches; batch++) {
      for (const [index, kind] of kinds.entries()) {
        const parsed = events.parsed(addressOf(kind, Math.floor(batch / kind.batchesOfKey)));
        taken[index]?.push(await processOf(kind).take(parsed));
        parsing.push(parseMicrosOf(parsed.map((event) => JSON.stringify(event))));
      }
    }
    const parseMicros = median(parsing);
    return kinds.map(({ holds, key }, index) => {
      const micros = (name: keyof Taken): number =>
        median((taken[index] ?? []).map((batch) => batch[name] / eventsPerBatch));
      const microsPerEvent = micros('micros');
      return {
        holds,
        key,
        microsPerEvent: round(microsPerEvent, 1),
        cpuMicrosPerEvent: round(micros('cpuMicros'), 1),
        parseMicros: round(parseMicros),
        toParse: round(microsPerEvent / parseMicros, 1),
      };
    });
  } finally {
    await db.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Once, as the batch beside it was taken once: what slows one slows the other. */
function parseMicrosOf(texts: readonly string[]): number {
  const started = performance.now();
  for (const text of texts) JSON.parse(text);
  return ((performance.now() - started) * 1_000) / texts.length;
}

function addressOf({ holds, key }: Kind, number: number): string {
  return `10.${holds === 100 ? 1 : 2}.${key === 'warm' ? 1 : 2}.${number}`;
}
