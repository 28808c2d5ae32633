import type { Window } from './window.js';

/** How long after its own time an event may come and still be counted exactly. */
export const latenessMs = 86_400_000;

/** The largest number that `count` takes. */
export const maxCount = 10_000;

/** The most steps a sequence takes: `ordered: false` looks at every set of them. */
export const maxSteps = 10;

/** How many past alerts of a key are remembered; an event older than all of them counts as in a cooldown. */
export const maxFired = 16;

/** How many of a key's values the templates see, at most. */
export const maxValues = 100;

/** How many events a key keeps. */
export interface Retention {
  /** Up to so many are kept as they are; above, those that can't change an outcome go first. */
  readonly thinAbove: number;
  /** Of the events that match the same steps, the newest so many stay. */
  readonly keep: number;
}

/**
 * What a window's keys keep. Of k × count events that complete nothing, any `count` in a row span more than `within`,
 * so they all span more than k times as long: keeping twice the count is exact for an event that comes late by
 * `within`, and the floor makes it much more for the counts that rules have.
 */
export function retentionOf(window: Window): Retention {
  return { thinAbove: 200, keep: Math.max(1_000, 2 * neededBy(window)) };
}

function neededBy(window: Window): number {
  switch (window.kind) {
    case 'count':
    case 'distinct':
      return window.count;
    case 'sequence':
      return window.steps.reduce((sum, count) => sum + count, 0);
    case 'missing':
    case 'new':
      return 1;
  }
}
