import { DistinctCounts } from './distinct-counts.js';
import { EntryIndex, type IndexTerms } from './entry-index.js';
import { compareEntries, firstAfter, firstFrom, placeOf, type Entry } from './entry.js';
import { maxFired } from './limits.js';

/** What has changed in a timeline since it was last written. */
export interface TimelineChanges {
  readonly added: readonly Entry[];
  /** The `seq` of each. */
  readonly removed: readonly number[];
  readonly firedChanged: boolean;
}

/** Places in {@link Timeline.entries}, from `first` up to `last`. */
export interface Places {
  readonly first: number;
  readonly last: number;
}

/** Beyond so many removals in one go an index is made anew instead of being kept up to date. */
const indexedRemovals = 64;

const byValue: IndexTerms = ({ value }) => [value ?? ''];

/**
 * One key's events that no alert has shown, in the order of event time, and the times of its alerts. Events are found by
 * binary search and by indexes that are made when a window first asks for them, so that an event costs about the same
 * however many there are.
 */
export class Timeline {
  /** How many events were left when they were last thinned. */
  thinnedTo: number;
  private list: Entry[];
  private readonly times: number[];
  private next: number;
  private entryIndex: EntryIndex | undefined;
  private counts: DistinctCounts | undefined;
  private readonly added = new Set<Entry>();
  private readonly removed: number[] = [];
  private firedChanged = false;

  constructor(entries: readonly Entry[], fired: readonly number[]) {
    this.list = entries.toSorted(compareEntries);
    this.times = fired.toSorted((a, b) => a - b);
    this.next = entries.reduce((last, { seq }) => Math.max(last, seq), -1) + 1;
    this.thinnedTo = entries.length;
  }

  get entries(): readonly Entry[] {
    return this.list;
  }

  /** The time of the last event of each alert, oldest first. */
  get fired(): readonly number[] {
    return this.times;
  }

  /** A `seq` that is greater than any other of the key. */
  nextSeq(): number {
    return this.next;
  }

  /** The events by what a window asks for. */
  indexBy(termsOf: IndexTerms): EntryIndex {
    if (this.entryIndex?.termsOf !== termsOf) this.entryIndex = new EntryIndex(termsOf, this.list);
    return this.entryIndex;
  }

  /** How many different values each window of that length holds. */
  distinctCounts(withinMs: number): DistinctCounts {
    this.counts ??= new DistinctCounts(this, withinMs);
    return this.counts;
  }

  get byValue(): EntryIndex {
    return this.indexBy(byValue);
  }

  /**
   * The alert whose cooldown the time falls into, by the time of that alert: it is less than the cooldown away, on either
   * side, since a late event may lie before it. Events older than every alert that is remembered count as in the
   * cooldown of the oldest, because an older alert may have been forgotten.
   */
  cooldownAt(at: number, cooldownMs: number): number | undefined {
    const [oldest] = this.times;
    if (this.times.length === maxFired && oldest !== undefined && at < oldest) return oldest;
    const within = (time: number): boolean => Math.abs(at - time) < cooldownMs;
    return this.times.findLast((time) => time <= at && within(time)) ?? this.times.find(within);
  }

  /** The time of the last alert up to the time. What lies before it never counts with what comes after. */
  alertBefore(at: number): number {
    return this.times.findLast((time) => time <= at) ?? Number.NEGATIVE_INFINITY;
  }

  /** The places of the events between the alerts on either side of the time. */
  segment(at: number): Places {
    const next = this.times.find((time) => time > at) ?? Number.POSITIVE_INFINITY;
    return { first: firstFrom(this.list, this.alertBefore(at)), last: firstAfter(this.list, next) - 1 };
  }

  /** Puts an event in its place, which is returned. Its `seq` is {@link nextSeq} or greater. */
  insert(entry: Entry): number {
    const last = this.list.at(-1);
    const place =
      last === undefined || last.at <= entry.at ? this.list.length : firstAfter(this.list, entry.at);
    this.list.splice(place, 0, entry);
    this.next = Math.max(this.next, entry.seq + 1);
    this.added.add(entry);
    this.entryIndex?.insert(entry);
    this.counts?.inserted(place);
    return place;
  }

  /** Records an alert whose last event was at the time. */
  fire(at: number): void {
    const later = this.times.findIndex((time) => time > at);
    this.times.splice(later === -1 ? this.times.length : later, 0, at);
    if (this.times.length > maxFired) this.times.shift();
    this.firedChanged = true;
  }

  /** Takes an event out. */
  remove(entry: Entry): void {
    const place = placeOf(this.list, entry);
    this.removePlaces({ first: place, last: place });
  }

  removePlaces({ first, last }: Places): void {
    const gone = this.list.splice(first, last - first + 1);
    if (gone.length > indexedRemovals) this.entryIndex = undefined;
    for (const entry of gone) {
      this.entryIndex?.remove(entry);
      this.forget(entry);
    }
    this.counts?.removedFrom(first);
  }

  /** Keeps only the events for which the test holds. */
  retain(test: (entry: Entry) => boolean): void {
    const kept: Entry[] = [];
    for (const entry of this.list) {
      if (test(entry)) kept.push(entry);
      else this.forget(entry);
    }
    if (kept.length === this.list.length) return;
    this.list = kept;
    this.entryIndex = undefined;
    this.counts?.removedFrom(0);
  }

  /** The changes since the last time; they count as written from now on. */
  takeChanges(): TimelineChanges {
    const changes = {
      added: [...this.added],
      removed: this.removed.splice(0),
      firedChanged: this.firedChanged,
    };
    this.added.clear();
    this.firedChanged = false;
    return changes;
  }

  private forget(entry: Entry): void {
    if (!this.added.delete(entry)) this.removed.push(entry.seq);
  }
}
