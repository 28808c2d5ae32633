import * as fc from 'fast-check';
import type { Kysely } from 'kysely';
import { Correlator, type Correlation } from '../../domain/windows/correlator.js';
import type { WindowInput } from '../../domain/windows/window-input.js';
import type { Window, WindowRule } from '../../domain/windows/window.js';
import { fingerprint } from '../../app/fingerprint.js';
import { KyselyTransactions } from '../database/kysely-transactions.js';
import { openDatabase } from '../database/open-database.js';
import type { Database } from '../database/schema.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import { deadlocksOf } from '../../../test/support/deadlocks.js';
import { WindowReference } from '../../../test/support/window-reference.js';

const start = Date.UTC(2026, 0, 15, 12);
const minute = 60_000;
const writers = 3;
const timed = {
  by: [{ kind: 'path' as const, steps: ['key'] }],
  withinMs: 10 * minute,
  cooldownMs: 6 * minute,
};
const windows: readonly Window[] = [
  { kind: 'count', ...timed, count: 3 },
  { kind: 'distinct', ...timed, field: ['field'], count: 3 },
  { kind: 'sequence', ...timed, steps: [2, 1], ordered: true },
];

/** An event of so many minutes after the start, of one of four keys that all writers use. */
const arrival = fc.record({
  at: fc.integer({ min: 0, max: 60 }),
  key: fc.constantFrom('a', 'b', 'c', 'd'),
  field: fc.constantFrom('1', '2', '3', '4'),
  step: fc.constantFrom(0, 0, 1),
});
/** A batch, and whether its transaction is given up after everything was written. */
const batch = fc.record({
  events: fc.array(arrival, { minLength: 1, maxLength: 8 }),
  fails: fc.constantFrom(false, false, false, true),
});

/** What a transaction decided while it held the locks of its keys: in that order the reference takes the events. */
interface Decided {
  readonly inputs: readonly WindowInput[];
  readonly correlations: readonly Correlation[];
}

class GivenUp extends Error {}

const postgres = databases.filter(({ name }) => name === 'PostgreSQL');

describe.each(postgres)('windows of three writers on $name', ({ open }) => {
  let database: TestDatabase;
  let pools: readonly Kysely<Database>[];

  beforeAll(async () => {
    database = await open();
    pools = Array.from({ length: writers }, () => openDatabase(database.url));
  });

  afterAll(() => database.close());

  it('decide as one reference model that takes the events in the order of the transactions, without a deadlock', async () => {
    let run = 0;
    let completed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(batch, { minLength: 4, maxLength: 8, size: 'max' }), {
          minLength: writers,
          maxLength: writers,
        }),
        async (batches) => {
          run += 1;
          const rules = windows.map((window, index): WindowRule => ({
            id: `rule-${index}`,
            hash: `run-${run}`,
            window,
          }));
          const decided: Decided[] = [];
          await Promise.all(
            batches.map(async (own, writer) => {
              const transactions = new KyselyTransactions(pools[writer] as Kysely<Database>);
              const correlator = new Correlator(fingerprint);
              for (const [index, { events, fails }] of own.entries()) {
                const inputs = events.flatMap((event, place) =>
                  inputsOf(rules, `${run}-${writer}-${index}-${place}`, event),
                );
                await transactions
                  .run(async (stores) => {
                    const now = start + 60 * minute;
                    const { correlations } = await correlator.correlate(inputs, stores.windows, now);
                    if (fails) throw new GivenUp();
                    decided.push({ inputs, correlations });
                  })
                  .catch((error: unknown) => {
                    if (!(error instanceof GivenUp)) throw error;
                  });
              }
            }),
          );
          const references = new Map(rules.map((rule) => [rule.id, new WindowReference(rule.window, start)]));
          for (const { inputs, correlations } of decided) {
            for (const [index, { rule, event, steps }] of inputs.entries()) {
              const expected = references.get(rule.id)?.take(event, steps);
              expect(correlations[index]?.kind).toBe(expected?.kind);
              if (expected?.kind === 'completed') completed += 1;
            }
          }
        },
      ),
      { numRuns: 40 },
    );
    expect(completed).toBeGreaterThan(100);
    await Promise.all(pools.map((pool) => pool.destroy()));
    expect(await deadlocksOf(database.db)).toBe(0);
  }, 120_000);
});

function inputsOf(
  rules: readonly WindowRule[],
  logId: string,
  { at, key, field, step }: { at: number; key: string; field: string; step: number },
): readonly WindowInput[] {
  const event = {
    logId,
    type: 'fp',
    at: start + at * minute,
    data: { type: 'fp', log_id: logId, key, field, user_name: 'x' },
  };
  return rules.map((rule) => ({ rule, event, steps: rule.window.kind === 'sequence' ? [step] : [0] }));
}
