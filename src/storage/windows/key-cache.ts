import { LRUCache } from 'lru-cache';
import type { Timeline } from '../../domain/windows/timeline.js';

/** How many events the cache holds, where a key counts as {@link keySize}: some 20 MB. */
const maxSize = 60_000;
/** What a key takes besides its events, as a number of events. */
const keySize = 2;

interface CachedKey {
  /** The transaction that opened the key last. */
  version: number;
  readonly timeline: Timeline;
}

/**
 * The timelines of keys as the last transactions of this process left them. One is used only when the key's row says that
 * nobody has opened the key since: after a rollback, or when another replica has used the key, the row names another
 * version, and the key is read anew. So nothing has to be undone or announced.
 */
export class KeyCache {
  /** How often a key that its row knew of was found here, and how often it had to be read. */
  readonly uses = { hits: 0, misses: 0 };
  private readonly keys = new LRUCache<string, CachedKey>({
    maxSize,
    sizeCalculation: ({ timeline }) => keySize + timeline.entries.length,
  });

  /**
   * The timeline of a key that was opened last as `version` says, for the transaction `next`, which holds the key's lock.
   * Undefined when the key has to be read.
   */
  take(id: string, version: number, next: number): Timeline | undefined {
    const cached = this.keys.get(id);
    if (cached?.version !== version) {
      this.uses.misses += 1;
      this.keys.delete(id);
      return undefined;
    }
    this.uses.hits += 1;
    // From here on the timeline is that of the transaction: if it is rolled back, nobody finds this version in the row.
    cached.version = next;
    return cached.timeline;
  }

  /** Keeps a timeline that the transaction `version` works on, counting its events anew. */
  keep(id: string, version: number, timeline: Timeline): void {
    this.keys.set(id, { version, timeline });
  }
}
