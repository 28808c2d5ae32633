import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long work may keep the event loop from everything else, in ms. */
const batchMs = 10;

/** Cuts long work into batches: the function that it gives is called between two steps, and lets others go first when it is time. */
export function inBatches(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < batchMs) return;
    await nextTurn();
    since = performance.now();
  };
}
