import type { OpenKeys } from './open-keys.js';
import type { StoredWindow, WindowStates } from './window-states.js';

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

  /** Forgets the keys beyond the cap, those used least recently, after a batch has used its keys. */
  async enforce(
    windows: ReadonlyMap<string, StoredWindow>,
    keys: OpenKeys,
    states: WindowStates,
  ): Promise<readonly Evicted[]> {
    const created = new Map<string, number>();
    for (const { opening, isNew } of keys.all()) {
      if (isNew) created.set(opening.windowId, (created.get(opening.windowId) ?? 0) + 1);
    }
    const evictions: Evicted[] = [];
    for (const [rule, { id: windowId }] of windows) {
      const count = created.get(windowId) ?? 0;
      if (count === 0 || this.hasRoom(rule, windowId, count)) continue;
      const { keys: found, evicted } = await states.evict(windowId, this.maxKeys);
      const left = this.maxKeys - (found - evicted);
      if (this.free.size >= maxRules) this.free.clear();
      this.free.set(rule, { windowId, keys: Math.max(Math.floor(left / 4), Math.floor(this.maxKeys / 100)) });
      if (evicted > 0) evictions.push({ rule, keys: evicted });
    }
    return evictions;
  }

  private hasRoom(rule: string, windowId: string, created: number): boolean {
    const free = this.free.get(rule);
    const left = free?.windowId === windowId ? free.keys - created : -1;
    if (left >= 0) this.free.set(rule, { windowId, keys: left });
    return left >= 0;
  }
}
