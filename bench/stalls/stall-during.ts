import { setTimeout as wait } from 'node:timers/promises';
import { PacedLoad } from '../paced-load.js';
import type { Router } from '../router.js';

/** Batches a second that stream meanwhile, with one match each. */
const lowRate = 10;
const settleMs = 500;

/** The longest stall of a sampled router's event loop, in ms, while batches stream and the work is done. */
export async function stallDuring(router: Router, work: () => Promise<void>): Promise<number> {
  const load = PacedLoad.start(router.url, 1, lowRate);
  try {
    await wait(settleMs);
    await router.ask('forget');
    await work();
    return Math.round(Number(await router.ask('longest')));
  } finally {
    await load.stop();
  }
}
