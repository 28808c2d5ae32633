/** An event as a key remembers it. Its data is elsewhere. */
export interface Entry {
  readonly logId: string;
  /** Event time, in ms since the epoch. */
  readonly at: number;
  /** Orders events of the same time as they came; no two events of a key have the same. */
  readonly seq: number;
  /** The steps of the rule that the event matched. */
  readonly steps: readonly number[];
  /** JSON: the value of the `distinct` field, for the other kinds whom the event is about. */
  readonly value?: string;
  /** For an event that something is to follow: when the time for that is up, in ms since the epoch. */
  readonly dueAt?: number;
}

/** The order of a key's events: by event time, and as they came where that is the same. */
export function compareEntries(a: Entry, b: Entry): number {
  return a.at - b.at || a.seq - b.seq;
}

/** The place of the first event at the time or later; the length when there is none. The events are in order. */
export function firstFrom(entries: readonly Entry[], at: number): number {
  return lowest(entries.length, (place) => (entries[place] as Entry).at >= at);
}

/** The place of the first event later than the time; the length when there is none. */
export function firstAfter(entries: readonly Entry[], at: number): number {
  return lowest(entries.length, (place) => (entries[place] as Entry).at > at);
}

/** The place of the event, or where it would be inserted. */
export function placeOf(entries: readonly Entry[], entry: Entry): number {
  return lowest(entries.length, (place) => compareEntries(entries[place] as Entry, entry) >= 0);
}

/** The lowest of the numbers from 0 for which the test holds, as it then does for all above; `end` when there is none. */
export function lowest(end: number, holds: (candidate: number) => boolean, from = 0): number {
  let [low, high] = [from, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
