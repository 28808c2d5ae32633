import type { Entry } from './entry.js';
import { latenessMs } from './limits.js';
import { sampleData } from './sample-data.js';
import type { SampleData } from './window-info.js';
import type { KeyChanges, KeyState, NewSample, StoredKey, WindowStates } from './window-states.js';
import type { Window } from './window.js';

/** A key and the window it belongs to. */
export interface WindowKey {
  readonly key: StoredKey;
  readonly window: Window;
}

/** A key while a transaction works on it. */
export type OpenKey = WindowKey & KeyState;

/** The keys that a transaction works on: read in a few statements before, written in a few after. */
export class OpenKeys {
  /** The data of this batch's events by log id. */
  private readonly data = new Map<string, SampleData>();

  private constructor(
    private readonly states: WindowStates,
    private readonly keys: ReadonlyMap<string, OpenKey>,
  ) {}

  static async load(wanted: readonly WindowKey[], states: WindowStates, now: number): Promise<OpenKeys> {
    const keys = new Map(wanted.map((one) => [one.key.id, one]));
    const opened = await states.open(
      [...keys.values()].map(({ key }) => key),
      now,
    );
    return new OpenKeys(
      states,
      new Map([...keys].map(([id, key]) => [id, { ...key, ...(opened.get(id) as KeyState) }])),
    );
  }

  get(id: string): OpenKey {
    return this.keys.get(id) as OpenKey;
  }

  all(): Iterable<OpenKey> {
    return this.keys.values();
  }

  /** Holds the data of an event that may be written or shown. */
  hold(logId: string, data: SampleData): void {
    this.data.set(logId, data);
  }

  /** The data of the events by log id, read in one go for those that came earlier. */
  async samples(entries: readonly Entry[]): Promise<ReadonlyMap<string, SampleData>> {
    const ids = entries.map(({ logId }) => logId).filter((logId) => !this.data.has(logId));
    const stored = ids.length === 0 ? [] : await this.states.samples([...new Set(ids)]);
    return new Map([...stored, ...this.data]);
  }

  /** Writes what has changed. `expiresAt` is the end of a key as it now is. */
  async save(expiresAt: (key: OpenKey) => number | null): Promise<void> {
    const keys = [];
    const events: KeyChanges[] = [];
    const samples = new Map<string, NewSample>();
    for (const open of this.keys.values()) {
      const { key, timeline, window } = open;
      const { added, removed, firedChanged } = timeline.takeChanges();
      const end = expiresAt(open);
      if (firedChanged || end !== key.expiresAt) keys.push({ ...key, expiresAt: end, fired: timeline.fired });
      if (added.length > 0 || removed.length > 0) events.push({ keyId: key.id, added, removed });
      for (const { logId, at } of added) {
        const keepUntil = Math.max(keptUntil(window, at), samples.get(logId)?.keepUntil ?? 0);
        const data = samples.get(logId)?.data ?? sampleData(this.data.get(logId) as SampleData);
        samples.set(logId, { logId, data, keepUntil });
      }
    }
    await this.states.save({ keys, events, samples: [...samples.values()] });
  }
}

/** Until when an event of that time may be part of a window: as long as another may come that is late. */
function keptUntil(window: Window, at: number): number {
  return at + ('withinMs' in window ? window.withinMs : 0) + latenessMs;
}
