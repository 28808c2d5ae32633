import { startSmallServer } from './server-process.js';
import { digestStalls, type DigestStalls } from './stalls/digest.js';
import { Pruning, type PruneStalls } from './stalls/prune.js';
import { reloadStalls, type ReloadStalls } from './stalls/reload.js';

const rounds = 2;

/** In ms. */
export type StallsResult = ReloadStalls & PruneStalls & DigestStalls;

/**
 * The longest stall of the router's event loop during each piece of work, on SQLite, in a process of its own. The least
 * of several rounds: what the work itself costs shows in each of them, a delay by other work rarely does.
 */
export async function measureStalls(): Promise<StallsResult> {
  const slack = await startSmallServer('instant-slack');
  const pruning = await Pruning.prepare();
  try {
    const found: StallsResult[] = [];
    for (let round = 0; round < rounds; round++) {
      found.push({
        ...(await reloadStalls(slack.url)),
        ...(await pruning.stalls(slack.url)),
        ...(await digestStalls()),
      });
    }
    const least = (name: keyof StallsResult): number => Math.min(...found.map((stalls) => stalls[name]));
    return {
      baselineStallMs: least('baselineStallMs'),
      reloadStallMs: least('reloadStallMs'),
      pruneStallMs: least('pruneStallMs'),
      pruneDigestsStallMs: least('pruneDigestsStallMs'),
      digestStallMs: least('digestStallMs'),
    };
  } finally {
    pruning.remove();
    await slack.stop();
  }
}
