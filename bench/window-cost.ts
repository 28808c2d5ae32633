import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { fingerprint } from '../src/app/fingerprint.js';
import { TimeOrderedIds } from '../src/app/time-ordered-ids.js';
import { windowRules } from '../src/domain/alerting/window-stage.js';
import { normaliseEvent } from '../src/domain/event.js';
import { Pipeline } from '../src/domain/pipeline.js';
import type { RuleSet } from '../src/domain/rule-set.js';
import { Correlator } from '../src/domain/windows/correlator.js';
import { KyselyTransactions } from '../src/storage/database/kysely-transactions.js';
import { migrate } from '../src/storage/database/migrate.js';
import { openDatabase } from '../src/storage/database/open-database.js';
import type { Database } from '../src/storage/database/schema.js';
import { loadedRules } from '../test/support/loaded-rules.js';
import { median, microseconds, round } from './measure.js';
import { eventsPerBatch } from './workload/batches.js';
import { EventText } from './workload/event-text.js';
import { background } from './workload/events.js';

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
  readonly parseMicros: number;
  readonly toParse: number;
}

/**
 * A count by address of which every event is a part, in batches of a hundred events of one key, on SQLite as production
 * opens it. Medians of twenty batches of each kind, in turn.
 */
export async function measureWindowCost(): Promise<readonly WindowCostRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'router-bench-windows-'));
  const db = openDatabase(`sqlite:${join(folder, 'windows.db')}`);
  try {
    await migrate(db);
    const rules = await loadedRules(rulesFile);
    const warm = new Process(db, rules);
    await warm.load();
    const processOf = ({ key }: Kind): Process => (key === 'warm' ? warm : new Process(db, rules));
    const events = new Events();
    for (const kind of kinds) {
      const filling = processOf(kind);
      for (let key = 0; key < measuredBatches / kind.batchesOfKey; key++)
        for (let held = 0; held < kind.filled; held += eventsPerBatch)
          await filling.take(events.parsed(addressOf(kind, key)));
    }
    const times = kinds.map((): number[] => []);
    const parsing: number[] = [];
    for (let batch = 0; batch < measuredBatches; batch++) {
      for (const [index, kind] of kinds.entries()) {
        const parsed = events.parsed(addressOf(kind, Math.floor(batch / kind.batchesOfKey)));
        times[index]?.push((await processOf(kind).take(parsed)) / eventsPerBatch);
      }
      const texts = events.texts('198.51.100.1');
      parsing.push(
        (await microseconds(() => texts.forEach((text) => JSON.parse(text)), 30)) / eventsPerBatch,
      );
    }
    const parseMicros = median(parsing);
    return kinds.map(({ holds, key }, index) => {
      const microsPerEvent = median(times[index] ?? []);
      return {
        holds,
        key,
        microsPerEvent: round(microsPerEvent, 1),
        parseMicros: round(parseMicros),
        toParse: round(microsPerEvent / parseMicros, 1),
      };
    });
  } finally {
    await db.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a process of the router remembers, over the same database as the others. */
class Process {
  private readonly transactions: KyselyTransactions;
  private readonly pipeline: Pipeline;

  constructor(
    db: Kysely<Database>,
    private readonly rules: RuleSet,
  ) {
    this.transactions = new KyselyTransactions(db);
    this.pipeline = new Pipeline(rules, new Correlator(fingerprint), new TimeOrderedIds(), (logId) => logId);
  }

  /** Puts the rules in force. */
  async load(): Promise<void> {
    await this.transactions.run(({ windows }) => windows.load(windowRules(this.rules), noon));
  }

  /** How long it takes to match the events and to commit what follows, in µs. */
  async take(elements: readonly unknown[]): Promise<number> {
    const started = performance.now();
    const events = elements.map((element) => {
      const event = normaliseEvent(element, noon, () => 'none');
      if (event === undefined) throw new Error('an element is no event');
      return event;
    });
    const now = Math.max(...events.map(({ at }) => at));
    const matches = await this.pipeline.match(events);
    const { alerts } = await this.transactions.run((stores) => this.pipeline.raise(matches, stores, now));
    const micros = (performance.now() - started) * 1_000;
    if (matches.length !== events.length || alerts.length > 0) throw new Error('the events went elsewhere');
    return micros;
  }
}

/** Events a tenth of a second apart. */
class Events {
  private readonly text = new EventText({ ...background(0), type: 'fp' });
  private made = 0;

  texts(ip: string): readonly string[] {
    return Array.from({ length: eventsPerBatch }, () => {
      this.made += 1;
      return this.text.with({
        id: String(900_000_000_000 + this.made),
        user: `user${this.made % 5_000}`,
        ip,
        at: noon + this.made * 100,
      });
    });
  }

  parsed(ip: string): readonly unknown[] {
    return this.texts(ip).map((text): unknown => JSON.parse(text));
  }
}

function addressOf({ holds, key }: Kind, number: number): string {
  return `10.${holds === 100 ? 1 : 2}.${key === 'warm' ? 1 : 2}.${number}`;
}
