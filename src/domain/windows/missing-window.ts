import type { IndexTerms } from './entry-index.js';
import { firstAfter, firstFrom, type Entry } from './entry.js';
import type { Timeline } from './timeline.js';
import { closes, opens, type MissingWindow, type WindowOutcome } from './window.js';

/** An event that was not followed in time, and those that its alert includes: itself and the open ones in its cooldown. */
export interface Unfollowed {
  readonly open: Entry;
  readonly entries: readonly Entry[];
}

/** Events that wait to be followed have one list, events that follow another. */
const byRole: IndexTerms = (entry) => [isOpen(entry) ? opens : closes];

/**
 * Adds an event to the timeline of a `missing` window. Events that it follows need no alert any more. If it opens, it
 * waits to be followed, unless an event that arrived earlier already follows it in event time.
 */
export function evaluateMissing(
  window: MissingWindow,
  timeline: Timeline,
  entry: Entry,
): WindowOutcome<object> {
  const follows = entry.steps.includes(closes);
  const waits = entry.steps.includes(opens);
  if (follows) {
    const open = timeline.indexBy(byRole).list(opens);
    const followed = open.slice(firstFrom(open, entry.at - window.withinMs), firstAfter(open, entry.at));
    for (const other of followed) timeline.remove(other);
  }
  const answered = waits && isFollowed(window, timeline, entry);
  const alertAt = waits ? timeline.cooldownAt(entry.at, window.cooldownMs) : undefined;
  if (follows) timeline.insert(entry);
  if (waits && alertAt === undefined && !answered) {
    // An event that follows and waits is remembered twice; it doesn't follow itself, since its own `seq` is the lower.
    timeline.insert({ ...entry, seq: timeline.nextSeq(), dueAt: entry.at + window.withinMs });
  }
  return alertAt === undefined ? { kind: 'not-reached' } : { kind: 'cooldown', alertAt };
}

/** Whether an event that has arrived already follows it. At the same time, what waits itself follows only what came before it. */
function isFollowed({ withinMs }: MissingWindow, timeline: Timeline, entry: Entry): boolean {
  const closing = timeline.indexBy(byRole).list(closes);
  for (let place = firstFrom(closing, entry.at); place < closing.length; place++) {
    const { at, steps } = closing[place] as Entry;
    if (at > entry.at) return at - entry.at <= withinMs;
    if (!steps.includes(opens)) return true;
  }
  return false;
}

/** Takes the events out of the timeline whose time is up, and gives those that alert. */
export function takeDue(window: MissingWindow, timeline: Timeline, now: number): readonly Unfollowed[] {
  const unfollowed: Unfollowed[] = [];
  const due = waiting(timeline).filter(({ dueAt }) => dueAt !== undefined && dueAt <= now);
  for (const open of due) {
    if (timeline.cooldownAt(open.at, window.cooldownMs) === undefined) {
      timeline.fire(open.at);
      const all = waiting(timeline);
      unfollowed.push({
        open,
        entries: all.slice(firstFrom(all, open.at), firstFrom(all, open.at + window.cooldownMs)),
      });
    }
    timeline.remove(open);
  }
  return unfollowed;
}

/** The events that wait to be followed. */
export function waiting(timeline: Timeline): readonly Entry[] {
  return timeline.indexBy(byRole).list(opens);
}

function isOpen(entry: Entry): boolean {
  return entry.dueAt !== undefined;
}
