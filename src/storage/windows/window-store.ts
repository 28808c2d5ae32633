import { randomInt } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Entry } from '../../domain/windows/entry.js';
import { Timeline } from '../../domain/windows/timeline.js';
import type { SampleData } from '../../domain/windows/window-info.js';
import {
  WindowStates,
  type KeyState,
  type RuleVersion,
  type StoredKey,
  type StoredWindow,
  type WindowChanges,
} from '../../domain/windows/window-states.js';
import { jsonRows } from '../database/rows.js';
import type { Database } from '../database/schema.js';
import { evictKeys } from './evict-keys.js';
import { KeyCache } from './key-cache.js';
import { loadWindows, readWindows } from './window-generations.js';
import type { WindowEventsTable } from './window-tables.js';

const keyColumns = { id: 'text', window_id: 'text', text: 'text', expires_at: 'bigint' } as const;
const changedKeyColumns = { id: 'text', fired: 'text', expires_at: 'bigint' } as const;
const eventColumns = {
  key_id: 'text',
  seq: 'bigint',
  log_id: 'text',
  at: 'bigint',
  steps: 'text',
  value: 'text',
  due_at: 'bigint',
} as const;
const goneColumns = { key_id: 'text', seq: 'bigint' } as const;
const sampleColumns = { log_id: 'text', data: 'text', keep_until: 'bigint' } as const;

/** What windows remember, in one transaction. Each method is a few statements, whatever the number of keys and events. */
export class WindowStore extends WindowStates {
  /** What the rows of the keys say of this transaction. No two transactions have the same. */
  private readonly version = randomInt(1, 2 ** 48 - 1);
  private readonly opened = new Map<string, Timeline>();

  constructor(
    private readonly db: Kysely<Database>,
    private readonly cache = new KeyCache(),
  ) {
    super();
  }

  override load(rules: readonly RuleVersion[], now: number): Promise<void> {
    return loadWindows(this.db, rules, now);
  }

  override windows(rules: readonly RuleVersion[], now: number): Promise<ReadonlyMap<string, StoredWindow>> {
    return readWindows(this.db, rules, now);
  }

  override async open(keys: readonly StoredKey[], now: number): Promise<ReadonlyMap<string, KeyState>> {
    const found = await this.lock(keys, now);
    const opened = new Map<string, KeyState>();
    const unknown = new Map<string, readonly number[]>();
    for (const { id, fired, previous } of found) {
      const known = previous === null ? undefined : this.cache.take(id, previous, this.version);
      if (known !== undefined) opened.set(id, { timeline: known, isNew: false });
      else if (previous === null) opened.set(id, { timeline: new Timeline([], []), isNew: true });
      else unknown.set(id, JSON.parse(fired) as number[]);
    }
    const entries = await this.entries([...unknown.keys()]);
    for (const [id, fired] of unknown) {
      opened.set(id, { timeline: new Timeline(entries.get(id) ?? [], fired), isNew: false });
    }
    for (const [id, { timeline }] of opened) {
      this.cache.keep(id, this.version, timeline);
      this.opened.set(id, timeline);
    }
    return opened;
  }

  /** Rows are locked in the order of their ids, so that two replicas can't wait for each other. */
  private async lock(
    keys: readonly StoredKey[],
    now: number,
  ): Promise<readonly { readonly id: string; readonly fired: string; readonly previous: number | null }[]> {
    const rows = keys.map((key) => ({
      id: key.id,
      window_id: key.windowId,
      text: key.text,
      expires_at: key.expiresAt,
    }));
    const { rows: found } = await sql<{ id: string; fired: string; previous: number | null }>`
      insert into window_keys (id, window_id, text, expires_at, fired, version, used_at)
      select id, window_id, text, expires_at, '[]', ${this.version}, ${now}
      from ${jsonRows(this.db, keyColumns, rows)} as opened
      where true order by id
      on conflict (id) do update set
        previous = window_keys.version,
        version = excluded.version,
        used_at = excluded.used_at,
        expires_at = excluded.expires_at
      returning id, fired, previous
    `.execute(this.db);
    return found;
  }

  private async entries(keyIds: readonly string[]): Promise<ReadonlyMap<string, readonly Entry[]>> {
    const entries = new Map<string, Entry[]>();
    if (keyIds.length === 0) return entries;
    const ids = keyIds.map((id) => ({ id }));
    // SQLite keeps to the order of a cross join: it looks the events up by their key.
    const { rows } = await sql<WindowEventsTable>`
      select key_id, seq, log_id, at, steps, value, due_at from ${jsonRows(this.db, { id: 'text' }, ids)} as wanted
      cross join window_events where window_events.key_id = wanted.id
    `.execute(this.db);
    for (const row of rows) {
      const entry: Entry = {
        logId: row.log_id,
        at: row.at,
        seq: row.seq,
        steps: JSON.parse(row.steps) as number[],
        value: row.value ?? undefined,
        dueAt: row.due_at ?? undefined,
      };
      const siblings = entries.get(row.key_id);
      if (siblings === undefined) entries.set(row.key_id, [entry]);
      else siblings.push(entry);
    }
    return entries;
  }

  override async samples(logIds: readonly string[]): Promise<ReadonlyMap<string, SampleData>> {
    const ids = logIds.map((id) => ({ id }));
    const { rows } = await sql<{ log_id: string; data: string }>`
      select log_id, data from ${jsonRows(this.db, { id: 'text' }, ids)} as wanted
      cross join window_samples where log_id = wanted.id
    `.execute(this.db);
    return new Map(rows.map(({ log_id, data }) => [log_id, JSON.parse(data) as SampleData]));
  }

  override async save({ keys, events, samples }: WindowChanges): Promise<void> {
    const removed = events.flatMap(({ keyId, removed: gone }) => gone.map((seq) => ({ key_id: keyId, seq })));
    const added = events.flatMap(({ keyId, added: entries }) => entries.map((entry) => rowOf(keyId, entry)));
    if (removed.length > 0) {
      await sql`
        delete from window_events
        where (key_id, seq) in (select key_id, seq from ${jsonRows(this.db, goneColumns, removed)} as gone)
      `.execute(this.db);
    }
    if (added.length > 0) {
      await sql`
        insert into window_events (key_id, seq, log_id, at, steps, value, due_at)
        select key_id, seq, log_id, at, steps, value, due_at
        from ${jsonRows(this.db, eventColumns, added)} as added
      `.execute(this.db);
    }
    await this.saveSamples(samples);
    await this.saveKeys(keys);
    for (const { keyId } of events) {
      const timeline = this.opened.get(keyId);
      if (timeline !== undefined) this.cache.keep(keyId, this.version, timeline);
    }
  }

  private async saveSamples(samples: WindowChanges['samples']): Promise<void> {
    if (samples.length === 0) return;
    const rows = samples.map(({ logId, data, keepUntil }) => ({
      log_id: logId,
      data,
      keep_until: keepUntil,
    }));
    await sql`
      insert into window_samples (log_id, data, keep_until)
      select log_id, data, keep_until from ${jsonRows(this.db, sampleColumns, rows)} as added
      where true order by log_id
      on conflict (log_id) do update set keep_until =
        case when excluded.keep_until > window_samples.keep_until
          then excluded.keep_until else window_samples.keep_until end
    `.execute(this.db);
  }

  /** The rows exist and are locked. */
  private async saveKeys(keys: WindowChanges['keys']): Promise<void> {
    if (keys.length === 0) return;
    const rows = keys.map(({ id, fired, expiresAt }) => ({
      id,
      fired: JSON.stringify(fired),
      expires_at: expiresAt,
    }));
    await sql`
      update window_keys set fired = changed.fired, expires_at = changed.expires_at
      from ${jsonRows(this.db, changedKeyColumns, rows)} as changed where window_keys.id = changed.id
    `.execute(this.db);
  }

  override async dueKeys(
    windowIds: readonly string[],
    now: number,
    limit: number,
  ): Promise<readonly StoredKey[]> {
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

  override evict(windowId: string, maxKeys: number): Promise<{ keys: number; evicted: number }> {
    return evictKeys(this.db, windowId, maxKeys);
  }
}

function rowOf(keyId: string, { seq, logId, at, steps, value, dueAt }: Entry) {
  return {
    key_id: keyId,
    seq,
    log_id: logId,
    at,
    steps: JSON.stringify(steps),
    value: value ?? null,
    due_at: dueAt ?? null,
  };
}
