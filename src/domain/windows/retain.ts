import { latenessMs, type Retention } from './limits.js';
import type { Entry } from './entry.js';
import type { Timeline } from './timeline.js';
import type { MissingWindow, SlidingWindow } from './window.js';

type TimedWindow = SlidingWindow | MissingWindow;

/** By how much a key may grow before it is thinned again, which takes a look at each of its events. */
const growth = 1.25;

/** Bounds what a key keeps when it has grown a good deal, or when a good part of it is too old to be met. */
export function boundGrown(window: TimedWindow, timeline: Timeline, retention: Retention, now: number): void {
  const { entries, thinnedTo } = timeline;
  const early = entries[entries.length >> 2];
  const isOld = early !== undefined && early.at < horizonOf(window, now);
  const hasGrown = entries.length > Math.max(retention.thinAbove, growth * thinnedTo);
  if (isOld || hasGrown) bound(window, timeline, retention, now);
}

/** Bounds what a key keeps: nothing that only an event later than {@link latenessMs} could meet, and never too many. */
export function bound(window: TimedWindow, timeline: Timeline, retention: Retention, now: number): void {
  const horizon = horizonOf(window, now);
  timeline.retain((entry) => entry.dueAt !== undefined || entry.at >= horizon);
  if (timeline.entries.length > retention.thinAbove) thin(window, timeline, retention);
  timeline.thinnedTo = timeline.entries.length;
}

function horizonOf(window: TimedWindow, now: number): number {
  return now - window.withinMs - latenessMs;
}

function thin(window: TimedWindow, timeline: Timeline, retention: Retention): void {
  const gone = new Set<Entry>();
  for (const alike of groups(timeline.entries, groupOf(window))) {
    for (const entry of redundant(window, alike)) gone.add(entry);
  }
  const left = timeline.entries.filter((entry) => !gone.has(entry));
  for (const alike of groups(left, stepsOf)) {
    for (const entry of surplus(alike, retention.keep)) gone.add(entry);
  }
  if (gone.size > 0) timeline.retain((entry) => !gone.has(entry));
}

function groups(entries: readonly Entry[], nameOf: (entry: Entry) => string): Iterable<Entry[]> {
  const byName = new Map<string, Entry[]>();
  for (const entry of entries) {
    const name = nameOf(entry);
    const group = byName.get(name);
    if (group === undefined) byName.set(name, [entry]);
    else group.push(entry);
  }
  return byName.values();
}

function groupOf(window: TimedWindow): (entry: Entry) => string {
  switch (window.kind) {
    case 'distinct':
      return ({ value }) => value ?? '';
    case 'count':
    case 'sequence':
    case 'missing':
      return stepsOf;
  }
}

function stepsOf(entry: Entry): string {
  return `${entry.dueAt === undefined ? '' : 'open '}${entry.steps.join()}`;
}

/**
 * The events that can be done without where one of their sort is as good as several: for `distinct` of those with one
 * value, for `missing` of those that follow. When the neighbours of an event are no further apart than the window is
 * long, every window that holds it holds one of them. The rest bounds the distance too, so that an alert in between
 * takes all three.
 */
function redundant(window: TimedWindow, alike: readonly Entry[]): readonly Entry[] {
  const reachMs = redundancyReachMs(window);
  if (reachMs === undefined || alike[0]?.dueAt !== undefined) return [];
  const gone: Entry[] = [];
  let [before] = alike;
  for (let index = 1; index < alike.length - 1; index++) {
    const entry = alike[index] as Entry;
    if ((alike[index + 1] as Entry).at - (before as Entry).at <= reachMs) gone.push(entry);
    else before = entry;
  }
  return gone;
}

/** How far apart in ms the neighbours of an event may be that can be done without; undefined where each event counts. */
function redundancyReachMs(window: TimedWindow): number | undefined {
  switch (window.kind) {
    case 'count':
    case 'sequence':
      return undefined;
    case 'distinct':
      return Math.min(window.withinMs, window.cooldownMs);
    case 'missing':
      return window.withinMs;
    default:
      return window satisfies never;
  }
}

/** All but the newest; of open ones all but the oldest, which alert first, and the newest, which is the last to be followed. */
function surplus(alike: readonly Entry[], keep: number): readonly Entry[] {
  if (alike.length <= keep) return [];
  return alike[0]?.dueAt === undefined ? alike.slice(0, -keep) : alike.slice(keep - 1, -1);
}
