import { firstAfter, firstFrom, type Entry } from './entry.js';
import { completesInAnyOrder, completesInOrder } from './sequence.js';
import type { Places, Timeline } from './timeline.js';
import type { SlidingWindow, WindowOutcome } from './window.js';

/**
 * Adds an event to a key's timeline. Of the windows that it completes, the one that ends first counts, as it would
 * have if the events had come in order. The events of an alert, and those in its cooldown, never count again.
 */
export function evaluateSliding(
  window: SlidingWindow,
  timeline: Timeline,
  entry: Entry,
): WindowOutcome<{ readonly entries: readonly Entry[] }> {
  const alertAt = timeline.cooldownAt(entry.at, window.cooldownMs);
  if (alertAt !== undefined) return { kind: 'cooldown', alertAt };
  const completed = firstCompleted(window, timeline, timeline.insert(entry));
  if (completed === undefined) return { kind: 'not-reached' };
  const { first, last } = completed;
  const { at } = timeline.entries[last] as Entry;
  const entries = timeline.entries.slice(first, last + 1);
  timeline.fire(at);
  timeline.removePlaces({
    first: Math.min(first, firstAfter(timeline.entries, at - window.cooldownMs)),
    last: Math.max(last, firstFrom(timeline.entries, at + window.cooldownMs) - 1),
  });
  return { kind: 'completed', alertAt: at, entries };
}

/** The first window that holds the event and is complete. It ends with the event, or with one that came before it though it is later. */
function firstCompleted(window: SlidingWindow, timeline: Timeline, place: number): Places | undefined {
  const { entries } = timeline;
  const { at } = entries[place] as Entry;
  const segment = timeline.segment(at);
  const last = Math.min(segment.last, firstAfter(entries, at + window.withinMs) - 1);
  const firstOf = (end: number): number =>
    Math.max(segment.first, firstFrom(entries, (entries[end] as Entry).at - window.withinMs));
  for (let end = place; end <= last;) {
    const first = firstOf(end);
    const complete = completesAt(window, timeline, first, end, last);
    if (complete === end) return { first, last: end };
    // A window that ends before that place begins here or later, and so isn't complete either.
    end = complete;
  }
  return undefined;
}

/**
 * The first place from `end` up to `last` with which the events from `first` on complete the window, or for `distinct`
 * the first whose own window is complete; beyond `last` when there is none.
 */
function completesAt(
  window: SlidingWindow,
  timeline: Timeline,
  first: number,
  end: number,
  last: number,
): number {
  switch (window.kind) {
    case 'count':
      return Math.max(end, first + window.count - 1);
    case 'distinct': {
      const counts = timeline.distinctCounts(window.withinMs);
      let place = end;
      while (place <= last && counts.at(place) < window.count) place += 1;
      return place;
    }
    case 'sequence': {
      const complete = window.ordered ? completesInOrder : completesInAnyOrder;
      return complete(window.steps, timeline, first, end, last);
    }
  }
}
