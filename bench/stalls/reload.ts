import { setTimeout as wait } from 'node:timers/promises';
import { reloadRules, startRouter, writeRules } from '../router.js';
import { stallDuring } from './stall-during.js';

const quietMs = 2_000;

export interface ReloadStalls {
  /** While nothing happens but the batches. */
  readonly baselineStallMs: number;
  readonly reloadStallMs: number;
}

/** With batches alone, and with a reload from 10 rules to 1,000. */
export async function reloadStalls(slackUrl: string): Promise<ReloadStalls> {
  const router = await startRouter({ rules: 10, slackUrl, sampled: true });
  try {
    const baselineStallMs = await stallDuring(router, async () => void (await wait(quietMs)));
    writeRules(router.folder, 1_000);
    return { baselineStallMs, reloadStallMs: await stallDuring(router, () => reloadRules(router)) };
  } finally {
    await router.stop();
  }
}
