import { setTimeout as wait } from 'node:timers/promises';
import { loadServer } from './load.js';
import { PacedLoad, type PacedFigures } from './paced-load.js';
import { BenchPostgres } from './postgres.js';
import { startRouter, type Router } from './router.js';
import { startSmallServer } from './server-process.js';

const rules = 200;
const warmUpMs = 2_000;
const measuredMs = 8_000;

/** Batches a second that the router took at most, with one match each, by server. */
export type Peaks = ReadonlyMap<string, number>;

export interface LatencyRow extends PacedFigures {
  readonly server: string;
  readonly batchesPerSecond: number;
}

/** How long a batch with one match takes to be committed and answered at half of the peak; see README.md. */
export async function measureLatency(peaks: Peaks): Promise<readonly LatencyRow[]> {
  const slack = await startSmallServer('instant-slack');
  const postgres = await BenchPostgres.start();
  try {
    const slackUrl = slack.url;
    const onSqlite = (): Promise<Router> => startRouter({ rules, slackUrl });
    const onPostgres = async (): Promise<Router> =>
      startRouter({ rules, slackUrl, databaseUrl: await postgres.newDatabase() });
    return [
      await measure('router, SQLite', onSqlite, peaks),
      await measure('router, PostgreSQL', onPostgres, peaks),
    ];
  } finally {
    await postgres.stop();
    await slack.stop();
  }
}

/** A peak that isn't known is measured first. */
async function measure(server: string, start: () => Promise<Router>, peaks: Peaks): Promise<LatencyRow> {
  const router = await start();
  try {
    const peak = peaks.get(server) ?? (await loadServer(router, 1)).batchesPerSecond;
    const batchesPerSecond = Math.max(1, Math.round(peak / 2));
    const warmUp = PacedLoad.start(router.url, 1, batchesPerSecond);
    await wait(warmUpMs);
    await warmUp.stop();
    const load = PacedLoad.start(router.url, 1, batchesPerSecond);
    await wait(measuredMs);
    return { server, batchesPerSecond, ...(await load.stop()) };
  } finally {
    await router.stop();
  }
}
