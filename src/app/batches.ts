import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long work may keep the event loop from everything else, in ms. */
const biteMs = 10;

/** Cuts long work into bites: the function that it gives is called between two steps, and lets others go first when it is time. */
export function inBites(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < biteMs) return;
    await nextTurn();
    since = performance.now();
  };
}
