import { loadServer, type LoadFigures } from './load.js';
import { round } from './measure.js';
import { BenchPostgres } from './postgres.js';
import { startRouter, token } from './router.js';
import { startSmallServer, type ServerProcess } from './server-process.js';
import { eventsPerBatch } from './workload/batches.js';

/** Each server is measured so often, in turn with the others, and its better round counts. */
const rounds = 4;
const rules = 200;

export interface HttpRow extends LoadFigures {
  readonly server: string;
  readonly workload: string;
}

/** Ratios of batches a second; those of CPU time are the other server's to the router's, so that more is better in all. */
export interface HttpResult {
  readonly rows: readonly HttpRow[];
  readonly routerToBareFastify: number;
  readonly routerToBareFastifyCpu: number | undefined;
  /** With one matching event in each batch. */
  readonly routerToExpress: number;
  readonly routerToExpressCpu: number | undefined;
  /** What parsing alone leaves of the distance: with bodies like these no server on Fastify gets further from Express. */
  readonly bareFastifyToExpress: number;
  readonly postgresToExpress: number;
  /** With a match for every event. */
  readonly routerToExpressEvery: number;
  readonly postgresToExpressEvery: number;
}

type Start = () => Promise<ServerProcess>;

/** Batches over real sockets, one server at a time, each in a process of its own. The router has 200 mixed rules. */
export async function measureHttp(): Promise<HttpResult> {
  const slack = await startSmallServer('instant-slack');
  const postgres = await BenchPostgres.start();
  try {
    const fastify: [string, Start] = ['bare Fastify', () => startSmallServer('bare-fastify')];
    const environment = {
      NODE_ENV: 'production',
      AUTH0_LOG_STREAM_TOKEN: token,
      SLACK_WEBHOOK_URL: slack.url,
    };
    const express: [string, Start] = [
      'Express, posts first',
      () => startSmallServer('express-route', environment),
    ];
    const sqlite: [string, Start] = ['router, SQLite', () => startRouter({ rules, slackUrl: slack.url })];
    const onPostgres: [string, Start] = [
      'router, PostgreSQL',
      async () => startRouter({ rules, slackUrl: slack.url, databaseUrl: await postgres.newDatabase() }),
    ];
    const none = await compare('nothing matches', 0, [fastify, sqlite, onPostgres]);
    const one = await compare('one match a batch', 1, [express, sqlite, onPostgres]);
    const every = await compare('every event matches', eventsPerBatch, [express, sqlite, onPostgres]);
    return {
      rows: [...none, ...one, ...every],
      routerToBareFastify: ratio(none, 1),
      routerToBareFastifyCpu: cpuRatio(none, 1),
      routerToExpress: ratio(one, 1),
      routerToExpressCpu: cpuRatio(one, 1),
      bareFastifyToExpress: ratio([...one.slice(0, 1), ...none.slice(0, 1)], 1),
      postgresToExpress: ratio(one, 2),
      routerToExpressEvery: ratio(every, 1),
      postgresToExpressEvery: ratio(every, 2),
    };
  } finally {
    await postgres.stop();
    await slack.stop();
  }
}

/** The servers in turn, so that a busy moment of the machine doesn't always meet the same one. */
async function compare(
  workload: string,
  matches: number,
  servers: readonly [string, Start][],
): Promise<readonly HttpRow[]> {
  const best = new Map<string, HttpRow>();
  for (let turn = 0; turn < rounds; turn++) {
    for (const [server, start] of servers) {
      const running = await start();
      try {
        const row = { server, workload, ...(await loadServer(running, matches)) };
        const known = best.get(server);
        if (known === undefined || row.batchesPerSecond > known.batchesPerSecond) best.set(server, row);
      } finally {
        await running.stop();
      }
    }
  }
  return [...best.values()];
}

/** Of a row to the first. */
function ratio(rows: readonly HttpRow[], row: number): number {
  return round((rows[row]?.batchesPerSecond ?? NaN) / (rows[0]?.batchesPerSecond ?? NaN));
}

function cpuRatio(rows: readonly HttpRow[], row: number): number | undefined {
  const [other, own] = [rows[0]?.cpuMsPerBatch, rows[row]?.cpuMsPerBatch];
  return other === undefined || own === undefined ? undefined : round(other / own);
}
