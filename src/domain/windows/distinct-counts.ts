import { compareEntries, firstFrom, placeOf, type Entry } from './entry.js';
import type { EntryIndex } from './entry-index.js';

/** What the counts need to know of the timeline that they belong to. */
export interface CountedEvents {
  readonly entries: readonly Entry[];
  /** The events by their value. */
  readonly byValue: EntryIndex;
  /** The time of the alert before the time: windows do not reach beyond it. */
  alertBefore(at: number): number;
}

/**
 * How many different values the window holds that ends with an event, for each event of a timeline. A count follows from
 * that of the event before, less the values that have left the window since, so that each event is looked at twice. An
 * event that comes late raises the counts of the windows that have its value from it alone.
 */
export class DistinctCounts {
  /** By place. Those of the last events may be missing: they are counted when they are asked for. */
  private readonly counts: number[] = [];

  constructor(
    private readonly events: CountedEvents,
    private readonly withinMs: number,
  ) {}

  /** @param place of an event in the timeline */
  at(place: number): number {
    for (let next = this.counts.length; next <= place; next++) this.counts.push(this.count(next));
    return this.counts[place] as number;
  }

  /** Takes notice of an event that was put into the timeline at the place. */
  inserted(place: number): void {
    if (place >= this.counts.length) return;
    this.counts.splice(place, 0, this.count(place));
    const { entries } = this.events;
    const entry = entries[place] as Entry;
    const { before, after } = this.neighbours(entry);
    const boundary = this.events.alertBefore(entry.at);
    for (let later = place + 1; later < this.counts.length; later++) {
      const { at } = entries[later] as Entry;
      if (entries[later] === after || at - entry.at > this.withinMs) return;
      if (this.events.alertBefore(at) !== boundary) return;
      if (!this.isInside(before, at, boundary)) this.counts[later] = (this.counts[later] as number) + 1;
    }
  }

  /** Takes notice of events that were taken out of the timeline, none of them before the place. */
  removedFrom(place: number): void {
    if (this.counts.length > place) this.counts.length = place;
  }

  private count(place: number): number {
    const { entries } = this.events;
    const entry = entries[place] as Entry;
    const boundary = this.events.alertBefore(entry.at);
    const previous = entries[place - 1];
    if (previous === undefined || previous.at < boundary) return 1;
    let count = this.counts[place - 1] as number;
    const from = firstFrom(entries, Math.max(boundary, previous.at - this.withinMs));
    for (let left = from; left < place; left++) {
      const gone = entries[left] as Entry;
      if (gone.at >= entry.at - this.withinMs) break;
      const { after } = this.neighbours(gone);
      if (after === undefined || compareEntries(after, previous) > 0) count -= 1;
    }
    return this.isInside(this.neighbours(entry).before, entry.at, boundary) ? count : count + 1;
  }

  private isInside(entry: Entry | undefined, end: number, boundary: number): boolean {
    return entry !== undefined && entry.at >= boundary && entry.at >= end - this.withinMs;
  }

  /** The events of the same value before and after it. */
  private neighbours(entry: Entry): { readonly before?: Entry; readonly after?: Entry } {
    const [term] = this.events.byValue.termsOf(entry);
    const alike = this.events.byValue.list(term ?? '');
    const place = placeOf(alike, entry);
    return { before: alike[place - 1], after: alike[place + 1] };
  }
}
