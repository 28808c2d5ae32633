import { sql, type Kysely } from 'kysely';
import {
  WindowStates,
  type KeyOpening,
  type OpenedKey,
  type RuleVersion,
  type StoredEntry,
  type StoredWindow,
  type WindowChanges,
} from '../../domain/windows/window-states.js';
import type { SampleData } from '../../domain/windows/window-info.js';
import { chunks } from '../database/rows.js';
import type { Database } from '../database/schema.js';
import type { WindowKeysTable } from './window-tables.js';
import { loadWindows, readWindows } from './window-generations.js';

/** How many keys one transaction forgets at most. */
const evictionRows = 1_000;

export class WindowStore extends WindowStates {
  constructor(private readonly db: Kysely<Database>) {
    super();
  }

  override load(rules: readonly RuleVersion[], now: number): Promise<void> {
    return loadWindows(this.db, rules, now);
  }

  override windows(rules: readonly RuleVersion[], now: number): Promise<ReadonlyMap<string, StoredWindow>> {
    return readWindows(this.db, rules, now);
  }

  override async open(keys: readonly KeyOpening[], now: number): Promise<ReadonlyMap<string, OpenedKey>> {
    const opened = new Map<string, OpenedKey>();
    const rows = keys.map((key) => ({ ...keyRow(key, []), uses: 1, used_at: now }));
    for (const chunk of chunks(inOrder(rows))) {
      const found = await this.db
        .insertInto('window_keys')
        .values(chunk)
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet({
            uses: sql`window_keys.uses + 1`,
            used_at: sql`excluded.used_at`,
            expires_at: sql`excluded.expires_at`,
          }),
        )
        .returning(['id', 'fired', 'uses'])
        .execute();
      for (const { id, fired, uses } of found)
        opened.set(id, { fired: JSON.parse(fired) as number[], isNew: uses === 1 });
    }
    return opened;
  }

  override async entries(keyIds: readonly string[]): Promise<readonly StoredEntry[]> {
    const entries: StoredEntry[] = [];
    for (const chunk of chunks(keyIds)) {
      const rows = await this.db
        .selectFrom('window_events')
        .select(['id', 'key_id', 'log_id', 'at', 'seq', 'steps', 'value', 'due_at'])
        .where('key_id', 'in', chunk)
        .execute();
      for (const row of rows) {
        entries.push({
          id: row.id,
          keyId: row.key_id,
          logId: row.log_id,
          at: row.at,
          seq: row.seq,
          steps: JSON.parse(row.steps) as number[],
          value: row.value ?? undefined,
          dueAt: row.due_at ?? undefined,
        });
      }
    }
    return entries;
  }

  override async samples(entryIds: readonly string[]): Promise<ReadonlyMap<string, SampleData>> {
    const samples = new Map<string, SampleData>();
    for (const chunk of chunks(entryIds)) {
      const rows = await this.db
        .selectFrom('window_events')
        .select(['id', 'data'])
        .where('id', 'in', chunk)
        .execute();
      for (const { id, data } of rows) samples.set(id, JSON.parse(data) as SampleData);
    }
    return samples;
  }

  override async save({ keys, removed, added }: WindowChanges): Promise<void> {
    for (const chunk of chunks(removed.toSorted()))
      await this.db.deleteFrom('window_events').where('id', 'in', chunk).execute();
    const events = added.map((entry) => ({
      id: entry.id,
      key_id: entry.keyId,
      log_id: entry.logId,
      at: entry.at,
      seq: entry.seq,
      steps: JSON.stringify(entry.steps),
      value: entry.value ?? null,
      due_at: entry.dueAt ?? null,
      data: entry.data,
    }));
    for (const chunk of chunks(inOrder(events)))
      await this.db.insertInto('window_events').values(chunk).execute();
    // The rows exist and are locked; inserting over them changes several in one statement.
    const rows = keys.map((key) => ({ ...keyRow(key, key.fired), uses: 1, used_at: 0 }));
    for (const chunk of chunks(inOrder(rows))) {
      await this.db
        .insertInto('window_keys')
        .values(chunk)
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet({ fired: sql`excluded.fired`, expires_at: sql`excluded.expires_at` }),
        )
        .execute();
    }
  }

  override async dueKeys(
    windowIds: readonly string[],
    now: number,
    limit: number,
  ): Promise<readonly KeyOpening[]> {
    const rows = await this.db
      .selectFrom('window_events')
      // SQLite keeps to the order of a cross join; without statistics it would begin with every key of the windows.
      .crossJoin('window_keys')
      .select(['window_keys.id', 'window_keys.window_id', 'window_keys.text', 'window_keys.expires_at'])
      .distinct()
      .where('window_events.due_at', '<=', now)
      .whereRef('window_keys.id', '=', 'window_events.key_id')
      .where('window_keys.window_id', 'in', windowIds)
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      windowId: row.window_id,
      text: row.text,
      expiresAt: row.expires_at,
    }));
  }

  override async evict(windowId: string, maxKeys: number): Promise<{ keys: number; evicted: number }> {
    const { count } = await this.db
      .selectFrom('window_keys')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('window_id', '=', windowId)
      .executeTakeFirstOrThrow();
    const keys = Number(count);
    if (keys <= maxKeys) return { keys, evicted: 0 };
    const oldest = await this.db
      .selectFrom('window_keys')
      .select('id')
      .where('window_id', '=', windowId)
      .orderBy('used_at')
      .orderBy('id')
      .limit(Math.min(keys - maxKeys, evictionRows))
      .execute();
    for (const chunk of chunks(inOrder(oldest).map(({ id }) => id))) {
      await this.db.deleteFrom('window_keys').where('id', 'in', chunk).execute();
      await this.db.deleteFrom('window_events').where('key_id', 'in', chunk).execute();
    }
    return { keys, evicted: oldest.length };
  }
}

function keyRow(key: KeyOpening, fired: readonly number[]): Omit<WindowKeysTable, 'uses' | 'used_at'> {
  return {
    id: key.id,
    window_id: key.windowId,
    text: key.text,
    fired: JSON.stringify(fired),
    expires_at: key.expiresAt,
  };
}

/** Rows are always locked in the same order, so that two replicas can't wait for each other. */
function inOrder<T extends { readonly id: string }>(rows: readonly T[]): T[] {
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
