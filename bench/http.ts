import autocannon, { type Result } from 'autocannon';
import { fileURLToPath } from 'node:url';
import { round } from './measure.js';
import { startRouter, token } from './router.js';
import { startServer, type ServerProcess } from './server-process.js';
import { eventData } from './workload/events.js';

const batch = 100;
const connections = 10;
const seconds = 4;

export interface HttpRow {
  readonly server: string;
  readonly workload: string;
  readonly batchesPerSecond: number;
  readonly eventsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly failed: number;
  /** Resident memory of the server's process, in MB, after the load. */
  readonly memoryMb: number | undefined;
}

export interface HttpResult {
  readonly rows: readonly HttpRow[];
  readonly routerToBareFastify: number;
  /** With one matching event in each batch. */
  readonly routerToExpress: number;
  /** With a match for every event. */
  readonly routerToExpressEvery: number;
}

/** Batches over real sockets, one server at a time, each in a process of its own. The router has 200 mixed rules. */
export async function measureHttp(): Promise<HttpResult> {
  const slack = await startServer(script('instant-slack'));
  try {
    const nothing = 'nothing matches';
    const one = 'one match a batch';
    const fastify = await run('bare Fastify', nothing, 0, () => startServer(script('bare-fastify')));
    const quiet = await run('router, SQLite', nothing, 0, () => startRouter(200, slack.url));
    const express = await run('Express, posts first', one, 1, () =>
      startServer(script('express-route'), { SLACK_WEBHOOK_URL: slack.url }),
    );
    const committed = await run('router, SQLite', one, 1, () => startRouter(200, slack.url));
    const every = 'every event matches';
    const expressEvery = await run('Express, posts first', every, batch, () =>
      startServer(script('express-route'), { SLACK_WEBHOOK_URL: slack.url }),
    );
    const committedEvery = await run('router, SQLite', every, batch, () => startRouter(200, slack.url));
    return {
      rows: [fastify, quiet, express, committed, expressEvery, committedEvery],
      routerToBareFastify: round(quiet.batchesPerSecond / fastify.batchesPerSecond),
      routerToExpress: round(committed.batchesPerSecond / express.batchesPerSecond),
      routerToExpressEvery: round(committedEvery.batchesPerSecond / expressEvery.batchesPerSecond),
    };
  } finally {
    await slack.stop();
  }
}

async function run(
  server: string,
  workload: string,
  matches: number,
  start: () => Promise<ServerProcess>,
): Promise<HttpRow> {
  const running = await start();
  try {
    await load(running.url, matches, 1);
    const result = await load(running.url, matches, seconds);
    return {
      server,
      workload,
      batchesPerSecond: round(result.requests.average, 0),
      eventsPerSecond: round(result.requests.average * batch, 0),
      p50: result.latency.p50,
      p99: result.latency.p99,
      p999: result.latency.p99_9,
      failed: result.errors + result.non2xx,
      memoryMb: running.memory(),
    };
  } finally {
    await running.stop();
  }
}

let sent = 0;

/** Every batch that matches has an event with an id of its own, since a second copy would be dropped as known. */
function load(url: string, matches: number, duration: number): Promise<Result> {
  const quiet = eventData(batch - matches, 0).map((data) => JSON.stringify({ log_id: data['log_id'], data }));
  const nextBody = (): string => {
    sent += 1;
    const [data] = eventData(1, 0);
    const loud = Array.from({ length: matches }, (_, index) => {
      const id = `match-${sent}-${index}`;
      return JSON.stringify({ log_id: id, data: { ...data, log_id: id, type: 'code0' } });
    });
    return `[${[...quiet, ...loud].join(',')}]`;
  };
  return autocannon({
    url: `${url}/api/logs`,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: token },
    connections,
    duration,
    body: nextBody(),
    setupClient: (client) => {
      if (matches === 0) return;
      client.setBody(nextBody());
      client.on('response', () => client.setBody(nextBody()));
    },
  });
}

function script(name: string): string {
  return fileURLToPath(new URL(`servers/${name}.js`, import.meta.url));
}
