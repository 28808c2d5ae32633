import { holdsInAnyOrder, holdsInOrder } from './sequence.js';
import type { Entry, Timeline } from './timeline.js';
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
  timeline.insert(entry);
  const entries = timeline.around(entry.at);
  let from = 0;
  for (let end = entries.indexOf(entry); end < entries.length; end++) {
    const { at } = entries[end] as Entry;
    if (at - entry.at > window.withinMs) break;
    while (at - (entries[from] as Entry).at > window.withinMs) from += 1;
    const inside = entries.slice(from, end + 1);
    if (!isComplete(window, inside)) continue;
    timeline.fire(at);
    const alerted = new Set(inside);
    timeline.retain((other) => !alerted.has(other) && Math.abs(other.at - at) >= window.cooldownMs);
    return { kind: 'completed', alertAt: at, entries: inside };
  }
  return { kind: 'not-reached' };
}

function isComplete(window: SlidingWindow, entries: readonly Entry[]): boolean {
  switch (window.kind) {
    case 'count':
      return entries.length >= window.count;
    case 'distinct':
      return new Set(entries.map(({ value }) => value)).size >= window.count;
    case 'sequence':
      return window.ordered ? holdsInOrder(window.steps, entries) : holdsInAnyOrder(window.steps, entries);
  }
}
