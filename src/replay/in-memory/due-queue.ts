import { lowest } from '../../domain/windows/entry.js';

interface DueItem {
  readonly at: number;
  readonly id: string;
}

/** Ids by the time at which something of theirs falls due. One that is due no more is dropped when its time comes. */
export class DueQueue {
  private readonly items: DueItem[] = [];

  /** @param at in ms since the epoch */
  add(id: string, at: number): void {
    const { items } = this;
    items.splice(
      lowest(items.length, (place) => (items[place] as DueItem).at > at),
      0,
      { id, at },
    );
  }

  /**
   * Up to `limit` ids whose time has come by `now`, the soonest first and each once. They stay in the queue.
   *
   * @param isDue whether something of the id is really due by `now`
   */
  due(now: number, limit: number, isDue: (id: string) => boolean): readonly string[] {
    const found = new Set<string>();
    const kept: DueItem[] = [];
    let looked = 0;
    for (const item of this.items) {
      if (item.at > now || found.size === limit) break;
      looked += 1;
      if (found.has(item.id) || !isDue(item.id)) continue;
      found.add(item.id);
      kept.push(item);
    }
    if (looked > kept.length) this.items.splice(0, looked, ...kept);
    return [...found];
  }
}
