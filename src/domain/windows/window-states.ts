import type { SampleData } from './window-info.js';
import type { Entry } from './timeline.js';

/** A rule's stored window. All keys belong to it. */
export interface StoredWindow {
  readonly id: string;
  /** When this version of the rule was first loaded, in ms since the epoch. */
  readonly loadedAt: number;
}

/** A key that is about to be used. */
export interface KeyOpening {
  readonly id: string;
  readonly windowId: string;
  readonly text: string;
  /** From when on nothing needs the key, in ms since the epoch; null while that is unknown. */
  readonly expiresAt: number | null;
}

export interface OpenedKey {
  /** The event times of the key's alerts. */
  readonly fired: readonly number[];
  readonly isNew: boolean;
}

export interface StoredEntry extends Entry {
  readonly keyId: string;
}

/** What a batch changes. A key that is listed here is written with its alerts and its end. */
export interface WindowChanges {
  readonly keys: readonly (KeyOpening & { readonly fired: readonly number[] })[];
  readonly removed: readonly string[];
  /** With the events' data as JSON. */
  readonly added: readonly (StoredEntry & { readonly data: string })[];
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
  abstract open(keys: readonly KeyOpening[], now: number): Promise<ReadonlyMap<string, OpenedKey>>;

  /** The events of the keys, in no promised order. */
  abstract entries(keyIds: readonly string[]): Promise<readonly StoredEntry[]>;

  /** The data of events by their id. */
  abstract samples(entryIds: readonly string[]): Promise<ReadonlyMap<string, SampleData>>;

  abstract save(changes: WindowChanges): Promise<void>;

  /** Up to `limit` keys of the windows that have an event whose time is up. */
  abstract dueKeys(windowIds: readonly string[], now: number, limit: number): Promise<readonly KeyOpening[]>;

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
