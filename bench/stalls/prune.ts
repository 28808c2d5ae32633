import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase } from '../../src/storage/database/open-database.js';
import { startRouter } from '../router.js';
import { deliveriesLeft, expireDigests, writeOldRows } from './old-rows.js';
import { stallDuring } from './stall-during.js';

/** Half of what a prune of all the old rows takes at least, so that it is still going on afterwards. */
const pruneMs = 2_500;
const deadlineMs = 30_000;

export interface PruneStalls {
  /** While old events and alerts are pruned that were delivered one a message. */
  readonly pruneStallMs: number;
  /** While five messages are pruned that showed 10,000 alerts each. */
  readonly pruneDigestsStallMs: number;
}

/** Makes the database once, and gives each of the rounds a copy of it. */
export class Pruning {
  private copies = 0;

  private constructor(private readonly folder: string) {}

  static async prepare(): Promise<Pruning> {
    const folder = mkdtempSync(join(tmpdir(), 'router-bench-prune-'));
    await writeOldRows(`sqlite:${join(folder, 'old.db')}`);
    return new Pruning(folder);
  }

  /** A router prunes from its start, a batch each 20 ms for as long as something is left. */
  async stalls(slackUrl: string): Promise<PruneStalls> {
    this.copies += 1;
    const file = join(this.folder, `copy-${this.copies}.db`);
    copyFileSync(join(this.folder, 'old.db'), file);
    const router = await startRouter({
      rules: 10,
      slackUrl,
      databaseUrl: `sqlite:${file}`,
      sampled: true,
    });
    const db = openDatabase(`sqlite:${file}`);
    try {
      const before = await deliveriesLeft(db, 'single');
      const pruneStallMs = await stallDuring(router, async () => void (await wait(pruneMs)));
      const after = await deliveriesLeft(db, 'single');
      if (after === 0 || after === before) throw new Error(`of ${before} old messages ${after} are left`);
      if ((await deliveriesLeft(db, 'digest')) === 0) throw new Error('the digests are gone too early');
      const pruneDigestsStallMs = await stallDuring(router, async () => {
        await expireDigests(db);
        for (const deadline = performance.now() + deadlineMs; (await deliveriesLeft(db, 'digest')) > 0;) {
          if (performance.now() > deadline) throw new Error('the digests were not pruned');
          await wait(100);
        }
      });
      return { pruneStallMs, pruneDigestsStallMs };
    } finally {
      await db.destroy();
      await router.stop();
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
