import type { SampleData } from './window-info.js';
import type { Entry } from './entry.js';
import type { Timeline } from './timeline.js';

/** A rule's stored window. All keys belong to it. */
export interface StoredWindow {
  readonly id: string;
  /** When this version of the rule was first loaded, in ms since the epoch. */
  readonly loadedAt: number;
}

/** A key of a window. */
export interface StoredKey {
  readonly id: string;
  readonly windowId: string;
  /** The `by` values as people read them. */
  readonly text: string;
  /** From when on nothing needs the key, in ms since the epoch; null while that is unknown. */
  readonly expiresAt: number | null;
}

/** What a key remembers, the transaction's own until it ends. */
export interface KeyState {
  readonly timeline: Timeline;
  readonly isNew: boolean;
}

/** What a transaction has changed. Timelines have changed already; their changes are to be written. */
export interface WindowChanges {
  /** Keys whose alerts or end have changed. */
  readonly keys: readonly (StoredKey & { readonly fired: readonly number[] })[];
  readonly events: readonly KeyChanges[];
  /** The data of the events that were added. */
  readonly samples: readonly NewSample[];
}

export interface KeyChanges {
  readonly keyId: string;
  readonly added: readonly Entry[];
  /** The `seq` of each event that is gone. */
  readonly removed: readonly number[];
}

export interface NewSample {
  readonly logId: string;
  /** The event's data as JSON. */
  readonly data: string;
  /** Until when it may be needed, in ms since the epoch; longer when the event still waits to be followed. */
  readonly keepUntil: number;
}

/** What windows remember. Everything a transaction opens is its own until it ends. */
export abstract class WindowStates {
  /**
   * Puts the rules in force, all of those that have a window. A rule that is new, has changed or was away starts
   * afresh; an unchanged one goes on. What the others remember is pruned.
   */
  abstract load(rules: readonly RuleVersion[], now: number): Promise<void>;

  /** The windows of the rules by rule id, started at `now` where they have not been loaded. */
  abstract windows(rules: readonly RuleVersion[], now: number): Promise<ReadonlyMap<string, StoredWindow>>;

  /** Locks the keys until the transaction ends, making those that don't exist, and gives their state by id. */
  abstract open(keys: readonly StoredKey[], now: number): Promise<ReadonlyMap<string, KeyState>>;

  /** The data of events by their log id. Of an event that came later than windows promise to count it may be gone. */
  abstract samples(logIds: readonly string[]): Promise<ReadonlyMap<string, SampleData>>;

  abstract save(changes: WindowChanges): Promise<void>;

  /** Up to `limit` keys of the windows that have an event whose time is up. */
  abstract dueKeys(windowIds: readonly string[], now: number, limit: number): Promise<readonly StoredKey[]>;

  /** Forgets the keys used least recently, beyond `maxKeys`. Says how many there were and how many are gone. */
  abstract evict(
    windowId: string,
    maxKeys: number,
  ): Promise<{ readonly keys: number; readonly evicted: number }>;
}

export interface RuleVersion {
  readonly id: string;
  readonly hash: string;
}
