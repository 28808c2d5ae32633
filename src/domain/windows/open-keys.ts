import { sampleData } from './sample-data.js';
import { Timeline, type Entry } from './timeline.js';
import type { SampleData } from './window-info.js';
import type { KeyOpening, StoredEntry, WindowStates } from './window-states.js';
import type { Window } from './window.js';

/** A key that a transaction is going to work on, and the window it belongs to. */
export interface WindowOpening {
  readonly opening: KeyOpening;
  readonly window: Window;
}

/** A key while a transaction works on it. */
export interface OpenKey extends WindowOpening {
  readonly timeline: Timeline;
  readonly isNew: boolean;
}

/** The keys that a transaction works on: read in a few statements before, written in a few after. */
export class OpenKeys {
  private readonly data = new Map<string, SampleData>();

  private constructor(
    private readonly states: WindowStates,
    private readonly keys: ReadonlyMap<string, OpenKey>,
    private readonly firedBefore: ReadonlyMap<string, string>,
    private readonly entriesBefore: ReadonlySet<string>,
  ) {}

  static async load(wanted: readonly WindowOpening[], states: WindowStates, now: number): Promise<OpenKeys> {
    const openings = new Map(wanted.map((one) => [one.opening.id, one]));
    const opened = await states.open(
      [...openings.values()].map(({ opening }) => opening),
      now,
    );
    const entries = await states.entries([...opened].filter(([, key]) => !key.isNew).map(([id]) => id));
    const byKey = new Map<string, StoredEntry[]>();
    for (const entry of entries) {
      const siblings = byKey.get(entry.keyId);
      if (siblings === undefined) byKey.set(entry.keyId, [entry]);
      else siblings.push(entry);
    }
    const keys = new Map<string, OpenKey>();
    for (const [id, { fired, isNew }] of opened) {
      const timeline = new Timeline(byKey.get(id) ?? [], fired);
      keys.set(id, { ...(openings.get(id) as WindowOpening), timeline, isNew });
    }
    return new OpenKeys(
      states,
      keys,
      new Map([...keys].map(([id, { timeline }]) => [id, timeline.fired.join()])),
      new Set(entries.map(({ id }) => id)),
    );
  }

  get(id: string): OpenKey {
    return this.keys.get(id) as OpenKey;
  }

  all(): Iterable<OpenKey> {
    return this.keys.values();
  }

  /** Holds the data of an event that may be written or sampled. */
  hold(entryId: string, data: SampleData): void {
    this.data.set(entryId, data);
  }

  /** The data of the events by id, read in one go for those that came earlier. */
  async samples(entries: readonly Entry[]): Promise<ReadonlyMap<string, SampleData>> {
    const ids = entries.map(({ id }) => id).filter((id) => !this.data.has(id));
    const stored = ids.length === 0 ? [] : await this.states.samples([...new Set(ids)]);
    return new Map([...stored, ...this.data]);
  }

  /** Writes what has changed. `expiresAt` is the end of a key as it now is. */
  async save(expiresAt: (key: OpenKey) => number | null): Promise<void> {
    const keys = [];
    const added = [];
    const kept = new Set<string>();
    for (const key of this.keys.values()) {
      const { opening, timeline } = key;
      const end = expiresAt(key);
      if (timeline.fired.join() !== this.firedBefore.get(opening.id) || end !== opening.expiresAt)
        keys.push({ ...opening, expiresAt: end, fired: timeline.fired });
      for (const entry of timeline.entries) {
        kept.add(entry.id);
        if (this.entriesBefore.has(entry.id)) continue;
        added.push({ ...entry, keyId: opening.id, data: sampleData(this.data.get(entry.id) as SampleData) });
      }
    }
    const removed = [...this.entriesBefore].filter((id) => !kept.has(id));
    await this.states.save({ keys, removed, added });
  }
}
