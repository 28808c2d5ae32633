import type { Entry } from './timeline.js';

/**
 * Whether the events, given in order, hold all of the first step, then all of the second, and so on. Taking each event
 * for the step at hand is never a loss: a step that is complete earlier leaves more events to the next.
 */
export function holdsInOrder(steps: readonly number[], entries: readonly Entry[]): boolean {
  let step = 0;
  let taken = 0;
  for (const entry of entries) {
    if (!entry.steps.includes(step)) continue;
    taken += 1;
    if (taken < (steps[step] as number)) continue;
    step += 1;
    taken = 0;
    if (step === steps.length) return true;
  }
  return false;
}

/**
 * Whether each step can have its number of events with none serving two. By Hall's theorem that is so when the events
 * of every set of steps are as many as those steps need together.
 */
export function holdsInAnyOrder(steps: readonly number[], entries: readonly Entry[]): boolean {
  const bySteps = new Map<number, number>();
  for (const entry of entries) {
    const mask = entry.steps.reduce((bits, step) => bits | (1 << step), 0);
    bySteps.set(mask, (bySteps.get(mask) ?? 0) + 1);
  }
  for (let set = 1; set < 1 << steps.length; set++) {
    const needed = steps.reduce((sum, count, step) => (set & (1 << step) ? sum + count : sum), 0);
    let found = 0;
    for (const [mask, count] of bySteps) if ((mask & set) !== 0) found += count;
    if (found < needed) return false;
  }
  return true;
}
