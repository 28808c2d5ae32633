import type { Generated } from 'kysely';

/** The tables of what windows remember, in the terms of the schema. */
export interface WindowTables {
  windows: WindowsTable;
  window_keys: WindowKeysTable;
  window_events: WindowEventsTable;
  window_samples: WindowSamplesTable;
  window_follow_ups: WindowFollowUpsTable;
}

/** The window of one version of a rule, from its load to the load of another version. */
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
  /** The transaction that opened the key last, by a number of its own; 0 before there were such numbers. */
  version: Generated<number>;
  /** The one before it; null when it made the row. */
  previous: Generated<number | null>;
  used_at: number;
  /** Null: the key does not expire in its present state. */
  expires_at: number | null;
}

export interface WindowEventsTable {
  key_id: string;
  /** Orders events of the same time as they came; no two events of a key have the same. */
  seq: number;
  log_id: string;
  at: number;
  /** A JSON list of the rule's steps that the event matched. */
  steps: string;
  /** JSON. */
  value: string | null;
  /** When an event that something is to follow alerts. */
  due_at: number | null;
}

/** The data of an event that windows remember, once for all of them. */
export interface WindowSamplesTable {
  log_id: string;
  /** JSON. */
  data: string;
  /** Needed no longer, unless the event still waits to be followed. */
  keep_until: number;
}

/** The cooldown that an alert of a window began, until it has been followed up. */
export interface WindowFollowUpsTable {
  key_id: string;
  /** The event time of the alert. */
  alert_at: number;
  /** The `by` values as people read them. */
  key_text: string;
  /** A JSON list of the alerts that were sent, one for each channel. */
  alert_ids: string;
  /** How many events the alert showed. */
  alerted: number;
  /** How many events there were up to now, those of the alert included, and the event times of the first and the last. */
  events: number;
  first_at: number;
  last_at: number;
  /** When the cooldown has ended by the clock. */
  due_at: number;
}
