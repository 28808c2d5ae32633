import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.js';
import type { RuleVersion, StoredWindow } from '../../domain/windows/window-states.js';
import { chunks } from '../database/rows.js';
import type { WindowsTable } from './window-tables.js';

/** Starts the windows of rules that were not in force, and ends those of rules that no longer are. */
export async function loadWindows(
  db: Kysely<Database>,
  rules: readonly RuleVersion[],
  now: number,
): Promise<void> {
  const rows = await db.selectFrom('windows').selectAll().execute();
  const started: WindowsTable[] = [];
  const inForce = new Set<string>();
  for (const rule of rules) {
    const newest = newestOf(rows, rule);
    if (newest?.replaced_at === null) {
      inForce.add(newest.id);
    } else {
      const window = windowRow(rule, newest === undefined ? 1 : newest.generation + 1, now);
      inForce.add(window.id);
      started.push(window);
    }
  }
  await insertWindows(db, started);
  const ended = rows.filter((row) => row.replaced_at === null && !inForce.has(row.id)).map(({ id }) => id);
  for (const chunk of chunks(ended.toSorted()))
    await db.updateTable('windows').set({ replaced_at: now }).where('id', 'in', chunk).execute();
}

/**
 * The newest windows of the rules. A replica whose rules another one has just replaced goes on with its own until it
 * has reloaded too.
 */
export async function readWindows(
  db: Kysely<Database>,
  rules: readonly RuleVersion[],
  now: number,
): Promise<ReadonlyMap<string, StoredWindow>> {
  let rows = await rowsOf(db, rules);
  const unknown = rules.filter((rule) => newestOf(rows, rule) === undefined);
  if (unknown.length > 0) {
    await insertWindows(
      db,
      unknown.map((rule) => windowRow(rule, 1, now)),
    );
    rows = await rowsOf(db, rules);
  }
  return new Map(
    rules.map((rule) => {
      const { id, loaded_at: loadedAt } = newestOf(rows, rule) as WindowsTable;
      return [rule.id, { id, loadedAt }];
    }),
  );
}

async function rowsOf(db: Kysely<Database>, rules: readonly RuleVersion[]): Promise<WindowsTable[]> {
  const rows: WindowsTable[] = [];
  for (const chunk of chunks(rules.map(({ id }) => id)))
    rows.push(...(await db.selectFrom('windows').selectAll().where('rule', 'in', chunk).execute()));
  return rows;
}

function newestOf(rows: readonly WindowsTable[], { id, hash }: RuleVersion): WindowsTable | undefined {
  return rows
    .filter((row) => row.rule === id && row.hash === hash)
    .toSorted((a, b) => a.generation - b.generation)
    .at(-1);
}

/** Two replicas that start the same window make the same row. */
async function insertWindows(db: Kysely<Database>, rows: readonly WindowsTable[]): Promise<void> {
  for (const chunk of chunks(rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)))) {
    await db
      .insertInto('windows')
      .values(chunk)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

function windowRow({ id, hash }: RuleVersion, generation: number, now: number): WindowsTable {
  return { id: `${id}/${hash}/${generation}`, rule: id, hash, generation, loaded_at: now, replaced_at: null };
}
