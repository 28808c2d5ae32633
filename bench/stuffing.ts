import { flood } from './flood.js';
import { median, round } from './measure.js';
import { startRouter } from './router.js';
import { startSmallServer, type ServerProcess } from './server-process.js';
import { token } from './router.js';
import { eventsPerBatch } from './workload/batches.js';
import { packRules } from './workload/pack.js';
import { StuffingBatches } from './workload/stuffing.js';

const connections = 10;
const rounds = 3;
const warmUpEvents = 5_000;
const measuredEvents = 20_000;
const longEvents = 200_000;

export interface StuffingResult {
  /** The medians of several rounds, in turn. */
  readonly expressEventsPerSecond: number;
  readonly routerEventsPerSecond: number;
  readonly routerToExpress: number;
  /** Of one run: its length, and the rates of its first and its last 20,000 events. */
  readonly events: number;
  readonly firstEventsPerSecond: number;
  readonly lastEventsPerSecond: number;
  readonly lastToFirst: number;
  /** Resident memory of the router after that run, in MB. */
  readonly memoryMb: number | undefined;
}

/** The shipped detection pack under credential stuffing, on SQLite, against the Express route of the guides. */
export async function measureStuffing(long: boolean): Promise<StuffingResult> {
  const slack = await startSmallServer('instant-slack');
  const environment = { NODE_ENV: 'production', AUTH0_LOG_STREAM_TOKEN: token, SLACK_WEBHOOK_URL: slack.url };
  const startPack = (): Promise<ServerProcess> => startRouter({ rules: packRules(), slackUrl: slack.url });
  try {
    const express: number[] = [];
    const router: number[] = [];
    for (let turn = 0; turn < rounds; turn++) {
      express.push(await rate(() => startSmallServer('express-route', environment)));
      router.push(await rate(startPack));
    }
    return {
      expressEventsPerSecond: round(median(express), 0),
      routerEventsPerSecond: round(median(router), 0),
      routerToExpress: round(median(router.map((one, turn) => one / (express[turn] ?? NaN)))),
      ...(await flatness(startPack, long ? longEvents : 3 * measuredEvents)),
    };
  } finally {
    await slack.stop();
  }
}

async function rate(start: () => Promise<ServerProcess>): Promise<number> {
  const server = await start();
  const batches = new StuffingBatches();
  try {
    await flood(server.url, warmUpEvents / eventsPerBatch, batches, connections);
    return perSecond(await flood(server.url, measuredEvents / eventsPerBatch, batches, connections));
  } finally {
    await server.stop();
  }
}

async function flatness(
  start: () => Promise<ServerProcess>,
  events: number,
): Promise<
  Pick<StuffingResult, 'events' | 'firstEventsPerSecond' | 'lastEventsPerSecond' | 'lastToFirst' | 'memoryMb'>
> {
  const server = await start();
  const batches = new StuffingBatches();
  try {
    await flood(server.url, warmUpEvents / eventsPerBatch, batches, connections);
    const answered = await flood(server.url, events / eventsPerBatch, batches, connections);
    const part = measuredEvents / eventsPerBatch;
    const first = perSecond(answered.slice(0, part));
    const last = perSecond(answered.slice(-part), answered.at(-part - 1));
    return {
      events,
      firstEventsPerSecond: round(first, 0),
      lastEventsPerSecond: round(last, 0),
      lastToFirst: round(last / first),
      memoryMb: server.memory(),
    };
  } finally {
    await server.stop();
  }
}

/** @param answered when each batch was answered, in ms; the first of them was sent at `from` */
function perSecond(answered: readonly number[], from = 0): number {
  return (answered.length * eventsPerBatch * 1_000) / ((answered.at(-1) ?? NaN) - from);
}
