import type { OpenKeys } from './open-keys.js';
import type { StoredWindow, WindowStates } from './window-states.js';

/** A window that may have more keys than it keeps. */
export interface CrowdedWindow {
  readonly rule: string;
  readonly windowId: string;
}

/** How many keys a rule has lost because it had too many. */
export interface Evicted {
  readonly rule: string;
  readonly keys: number;
}

/** Of how many rules the room is remembered; beyond, all of them are counted anew. Reloads may bring ever other rules. */
const maxRules = 10_000;

/**
 * Keeps the keys of each rule below a cap. Counting them costs time, so that it is done only when as many new ones came
 * as could have used up a good part of what was free; several replicas together go over the cap by a few percent.
 */
export class KeyCap {
  private readonly free = new Map<string, { readonly windowId: string; readonly keys: number }>();

  constructor(private readonly maxKeys: number) {}

  /** The windows whose keys are to be counted, after a batch has used its keys. */
  crowded(windows: ReadonlyMap<string, StoredWindow>, keys: OpenKeys): readonly CrowdedWindow[] {
    const created = new Map<string, number>();
    for (const { key, isNew } of keys.all()) {
      if (isNew) created.set(key.windowId, (created.get(key.windowId) ?? 0) + 1);
    }
    return [...windows].flatMap(([rule, { id: windowId }]) => {
      const count = created.get(windowId) ?? 0;
      return count === 0 || this.hasRoom(rule, windowId, count) ? [] : [{ rule, windowId }];
    });
  }

  /** Forgets the keys of a window beyond the cap, those used least recently. Undefined when it has no more than it keeps. */
  async enforce({ rule, windowId }: CrowdedWindow, states: WindowStates): Promise<Evicted | undefined> {
    const { keys, evicted } = await states.evict(windowId, this.maxKeys);
    const left = this.maxKeys - (keys - evicted);
    if (this.free.size >= maxRules) this.free.clear();
    this.free.set(rule, {
      windowId,
      keys: Math.max(Math.floor(left / 4), Math.floor(this.maxKeys / 100)),
    });
    return evicted > 0 ? { rule, keys: evicted } : undefined;
  }

  private hasRoom(rule: string, windowId: string, created: number): boolean {
    const free = this.free.get(rule);
    const left = free?.windowId === windowId ? free.keys - created : -1;
    if (left >= 0) this.free.set(rule, { windowId, keys: left });
    return left >= 0;
  }
}
