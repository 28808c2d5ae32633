import { maxValues } from './limits.js';
import type { Entry } from './entry.js';
import type { Window } from './window.js';
import { readable } from './window-key.js';

/** What templates see as `window`. */
export interface WindowInfo {
  /**
   * `distinct`: how many different values. `missing`: how many events of the key are not followed and won't alert
   * themselves, the one that alerts included. The other kinds: how many events.
   */
  readonly count: number;
  /** The values of the `distinct` or `new` field; of the other kinds the users. Each once, in the order they came, addresses in one spelling; at most 100. */
  readonly values: readonly string[];
  /** `sequence`: how many events matched each step. The other kinds: empty. */
  readonly steps: readonly number[];
  /** The times of the first and the last event, as ISO 8601 in UTC. */
  readonly first: string;
  readonly last: string;
  /** The same in ms since the epoch. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** The `by` values joined by a comma. */
  readonly key: string;
  /** The data of up to five events in the order of event time, the first and the last among them. */
  readonly samples: readonly SampleData[];
}

export type SampleData = Readonly<Record<string, unknown>>;

const sampleCount = 5;

/** A sample of the events: the first, the last and some from between. */
export function sampled(entries: readonly Entry[]): readonly Entry[] {
  if (entries.length <= sampleCount) return entries;
  const step = (entries.length - 1) / (sampleCount - 1);
  return Array.from({ length: sampleCount }, (_, index) => entries[Math.round(index * step)] as Entry);
}

/** Tells of a window's events, which are in the order of event time and at least one. */
export function describeWindow(
  window: Window,
  key: string,
  entries: readonly Entry[],
  samples: readonly SampleData[],
): WindowInfo {
  const values = new Set(entries.flatMap(({ value }) => (value === undefined ? [] : [value])));
  const firstAt = (entries[0] as Entry).at;
  const lastAt = (entries.at(-1) as Entry).at;
  return {
    count: window.kind === 'distinct' ? values.size : entries.length,
    values: [...values]
      .slice(0, maxValues)
      .map(readable)
      .filter((value) => value !== ''),
    steps:
      window.kind === 'sequence'
        ? window.steps.map((_, step) => entries.filter(({ steps }) => steps.includes(step)).length)
        : [],
    first: new Date(firstAt).toISOString(),
    last: new Date(lastAt).toISOString(),
    firstAt,
    lastAt,
    key,
    samples,
  };
}
