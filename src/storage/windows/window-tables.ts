import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.js';

/** The tables of what windows remember, in the terms of the schema. */
export interface WindowTables {
  windows: WindowsTable;
  window_keys: WindowKeysTable;
  window_events: WindowEventsTable;
}

/** A rule's window, from the load of the rule as it is to the load of another in its place. */
export interface WindowsTable {
  id: string;
  rule: string;
  hash: string;
  /** Counts how often the same rule came back after it had been replaced. */
  generation: number;
  loaded_at: number;
  replaced_at: number | null;
}

export interface WindowKeysTable {
  id: string;
  window_id: string;
  /** The `by` values as people read them. */
  text: string;
  /** The event times of the key's alerts as a JSON list; of a known value of `new` the time it first came. */
  fired: string;
  /** How many transactions have opened the key. */
  uses: number;
  used_at: number;
  /** Null: not as long as it is like this. */
  expires_at: number | null;
}

export interface WindowEventsTable {
  id: string;
  key_id: string;
  log_id: string;
  at: number;
  /** Orders events of the same time as they came. */
  seq: number;
  /** A JSON list of the rule's steps that the event matched. */
  steps: string;
  /** JSON. */
  value: string | null;
  /** When an event that something is to follow alerts. */
  due_at: number | null;
  /** The event's data as JSON. */
  data: string;
}

/** The database as the stores of windows see it. */
export function windowTables(db: Kysely<Database>): Kysely<WindowTables> {
  return db as unknown as Kysely<WindowTables>;
}
