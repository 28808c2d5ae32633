import { maxFired } from './limits.js';

/** An event as a key remembers it. Its data is elsewhere. */
export interface Entry {
  /** Unique over all keys. */
  readonly id: string;
  readonly logId: string;
  /** Event time, in ms since the epoch. */
  readonly at: number;
  /** Orders events of the same time as they came. */
  readonly seq: number;
  /** The steps of the rule that the event matched. */
  readonly steps: readonly number[];
  /** JSON: the value of the `distinct` field, for the other kinds whom the event is about. */
  readonly value?: string;
  /** For an event that something is to follow: when the time for that is up, in ms since the epoch. */
  readonly dueAt?: number;
}

/** One key's events that no alert has shown, in the order of event time, and the times of its alerts. */
export class Timeline {
  private list: Entry[];
  private readonly times: number[];

  constructor(entries: readonly Entry[], fired: readonly number[]) {
    this.list = entries.toSorted((a, b) => a.at - b.at || a.seq - b.seq);
    this.times = fired.toSorted((a, b) => a - b);
  }

  get entries(): readonly Entry[] {
    return this.list;
  }

  /** The time of the last event of each alert, oldest first. */
  get fired(): readonly number[] {
    return this.times;
  }

  /** The `seq` of the next event. */
  nextSeq(): number {
    return this.list.reduce((last, { seq }) => Math.max(last, seq), -1) + 1;
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

  /** The events between the alerts on either side of the time. What lies beyond an alert never counts with them. */
  around(at: number): readonly Entry[] {
    const from = this.times.findLast((time) => time <= at) ?? Number.NEGATIVE_INFINITY;
    const to = this.times.find((time) => time > at) ?? Number.POSITIVE_INFINITY;
    return this.list.filter((entry) => entry.at >= from && entry.at <= to);
  }

  insert(entry: Entry): void {
    const later = this.list.findIndex((other) => other.at > entry.at);
    this.list.splice(later === -1 ? this.list.length : later, 0, entry);
  }

  /** Records an alert whose last event was at the time. */
  fire(at: number): void {
    const later = this.times.findIndex((time) => time > at);
    this.times.splice(later === -1 ? this.times.length : later, 0, at);
    if (this.times.length > maxFired) this.times.shift();
  }

  /** Keeps only the events for which the test holds. */
  retain(test: (entry: Entry) => boolean): void {
    this.list = this.list.filter(test);
  }
}
