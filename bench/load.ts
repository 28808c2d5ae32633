import autocannon, { type Result } from 'autocannon';
import { round } from './measure.js';
import { token } from './router.js';
import type { ServerProcess } from './server-process.js';
import { Batches, eventsPerBatch } from './workload/batches.js';

const connections = 10;
const warmUpSeconds = 2;
const measuredSeconds = 3;

/** What a server did under as much load as ten connections make. */
export interface LoadFigures {
  readonly batchesPerSecond: number;
  readonly eventsPerSecond: number;
  /** The server's own CPU time, in ms; undefined where the system has no /proc. */
  readonly cpuMsPerBatch: number | undefined;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  /** Answers outside 2xx and connections that broke. */
  readonly failed: number;
  /** Resident memory of the server's process, in MB, after the load. */
  readonly memoryMb: number | undefined;
}

/** Sends batches of which so many events match, one after the other over each connection. */
export async function loadServer(server: ServerProcess, matches: number): Promise<LoadFigures> {
  await send(server.url, matches, warmUpSeconds);
  const before = server.cpu();
  const result = await send(server.url, matches, measuredSeconds);
  const after = server.cpu();
  const batches = result.requests.total;
  return {
    batchesPerSecond: round(batches / result.duration, 0),
    eventsPerSecond: round((batches * eventsPerBatch) / result.duration, 0),
    cpuMsPerBatch:
      before === undefined || after === undefined ? undefined : round((after - before) / batches),
    p50: result.latency.p50,
    p99: result.latency.p99,
    p999: result.latency.p99_9,
    failed: result.errors + result.non2xx,
    memoryMb: server.memory(),
  };
}

function send(url: string, matches: number, duration: number): Promise<Result> {
  const batches = new Batches(matches);
  return autocannon({
    url: `${url}/api/logs`,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: token },
    connections,
    duration,
    body: batches.next(),
    setupClient: (client) => {
      if (matches === 0) return;
      client.setBody(batches.next());
      client.on('response', () => client.setBody(batches.next()));
    },
  });
}
