import type { Entry, Timeline } from './timeline.js';
import { closes, opens, type MissingWindow } from './window.js';

/** An event whose time is up, and those that its alert speaks for: itself and the open ones within its rest. */
export interface Unfollowed {
  readonly open: Entry;
  readonly entries: readonly Entry[];
}

/**
 * Takes an event into the timeline of a `missing` window. What it follows is settled; what it opens waits, unless
 * something that came before it already follows it in event time.
 */
export function evaluateMissing(
  window: MissingWindow,
  timeline: Timeline,
  entry: Entry,
): 'cooldown' | 'not-reached' {
  if (entry.steps.includes(closes)) {
    timeline.retain((other) => !isOpen(other) || !follows(window, entry, other));
  }
  const answered = timeline.entries.some((other) => !isOpen(other) && follows(window, other, entry));
  const isCoolingDown = entry.steps.includes(opens) && timeline.inCooldown(entry.at, window.cooldownMs);
  if (entry.steps.includes(closes)) timeline.insert(entry);
  if (entry.steps.includes(opens) && !isCoolingDown && !answered) {
    timeline.insert({ ...entry, id: openId(entry.id), dueAt: entry.at + window.withinMs });
  }
  return isCoolingDown ? 'cooldown' : 'not-reached';
}

/** Takes the events out of the timeline whose time is up, and gives those that alert. */
export function takeDue(window: MissingWindow, timeline: Timeline, now: number): readonly Unfollowed[] {
  const unfollowed: Unfollowed[] = [];
  for (const open of timeline.entries.filter(({ dueAt }) => dueAt !== undefined && dueAt <= now)) {
    if (!timeline.inCooldown(open.at, window.cooldownMs)) {
      timeline.fire(open.at);
      const entries = timeline.entries.filter(
        (other) => isOpen(other) && other.at >= open.at && other.at - open.at < window.cooldownMs,
      );
      unfollowed.push({ open, entries });
    }
    timeline.retain((other) => other !== open);
  }
  return unfollowed;
}

/** An event that is open and follows another is remembered twice. */
export function openId(entryId: string): string {
  return `${entryId} open`;
}

function isOpen(entry: Entry): boolean {
  return entry.dueAt !== undefined;
}

/** At the same time, what opens something itself follows only what came before it. */
function follows(window: MissingWindow, close: Entry, open: Entry): boolean {
  if (close.at === open.at) return close.seq > open.seq || !close.steps.includes(opens);
  return close.at > open.at && close.at - open.at <= window.withinMs;
}
