import type { IndexTerms } from './entry-index.js';
import { lowest, placeOf, type Entry } from './entry.js';
import type { Timeline } from './timeline.js';

const bySteps: IndexTerms = ({ steps }) => steps;
const byStepSet: IndexTerms = ({ steps }) => [steps.reduce((bits, step) => bits | (1 << step), 0)];

/**
 * The first place from `end` on at which the events from `first` on hold all of the first step, then all of the second,
 * and so on; beyond every place when there is none. Taking each event for the step at hand is never a loss: a step that is
 * complete earlier leaves more events to the next.
 */
export function completesInOrder(
  steps: readonly number[],
  timeline: Timeline,
  first: number,
  end: number,
): number {
  const { entries } = timeline;
  const index = timeline.indexBy(bySteps);
  let place = first - 1;
  for (const [step, count] of steps.entries()) {
    const from = entries[place + 1];
    if (from === undefined) return entries.length;
    const list = index.list(step);
    const taken = list[placeOf(list, from) + count - 1];
    if (taken === undefined) return entries.length;
    place = placeOf(entries, taken);
  }
  return Math.max(place, end);
}

/**
 * The first place from `end` up to `last` at which each step has its number of the events from `first` on, with none
 * serving two; beyond `last` when there is none.
 */
export function completesInAnyOrder(
  steps: readonly number[],
  timeline: Timeline,
  first: number,
  end: number,
  last: number,
): number {
  const { entries } = timeline;
  const index = timeline.indexBy(byStepSet);
  const from = entries[first] as Entry;
  const lists = [...index.terms].map((term) => {
    const list = index.list(term);
    return { set: Number(term), list, start: placeOf(list, from) };
  });
  const holds = (place: number): boolean => {
    const until = entries[place] as Entry;
    return areServed(
      steps,
      lists.map(({ set, list, start }) => {
        const found = placeOf(list, until);
        return { set, count: found - start + (list[found] === until ? 1 : 0) };
      }),
    );
  };
  if (holds(end)) return end;
  return holds(last) ? lowest(last, holds, end + 1) : last + 1;
}

/**
 * Whether each step can have its number of events with none serving two. By Hall's theorem that is so when the events
 * of every set of steps are as many as those steps need together.
 *
 * @param found how many events match exactly the steps of a set, whose members are bits
 */
function areServed(
  steps: readonly number[],
  found: readonly { readonly set: number; readonly count: number }[],
): boolean {
  for (let wanted = 1; wanted < 1 << steps.length; wanted++) {
    const needed = steps.reduce((sum, count, step) => (wanted & (1 << step) ? sum + count : sum), 0);
    const served = found.reduce((sum, { set, count }) => ((set & wanted) === 0 ? sum : sum + count), 0);
    if (served < needed) return false;
  }
  return true;
}
