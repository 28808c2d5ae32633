import type { Entry, Timeline } from './timeline.js';
import { closes, opens, type MissingWindow, type WindowOutcome } from './window.js';

/** An event that was not followed in time, and those that its alert includes: itself and the open ones in its cooldown. */
export interface Unfollowed {
  readonly open: Entry;
  readonly entries: readonly Entry[];
}

/**
 * Adds an event to the timeline of a `missing` window. Events that it follows need no alert any more. If it opens, it
 * waits to be followed, unless an event that arrived earlier already follows it in event time.
 */
export function evaluateMissing(
  window: MissingWindow,
  timeline: Timeline,
  entry: Entry,
): WindowOutcome<object> {
  if (entry.steps.includes(closes)) {
    timeline.retain((other) => !isOpen(other) || !follows(window, entry, other));
  }
  const answered = timeline.entries.some((other) => !isOpen(other) && follows(window, other, entry));
  const alertAt = entry.steps.includes(opens) ? timeline.cooldownAt(entry.at, window.cooldownMs) : undefined;
  if (entry.steps.includes(closes)) timeline.insert(entry);
  if (entry.steps.includes(opens) && alertAt === undefined && !answered) {
    timeline.insert({ ...entry, id: openId(entry.id), dueAt: entry.at + window.withinMs });
  }
  return alertAt === undefined ? { kind: 'not-reached' } : { kind: 'cooldown', alertAt };
}

/** Takes the events out of the timeline whose time is up, and gives those that alert. */
export function takeDue(window: MissingWindow, timeline: Timeline, now: number): readonly Unfollowed[] {
  const unfollowed: Unfollowed[] = [];
  for (const open of timeline.entries.filter(({ dueAt }) => dueAt !== undefined && dueAt <= now)) {
    if (timeline.cooldownAt(open.at, window.cooldownMs) === undefined) {
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
