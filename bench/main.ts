import { writeFileSync } from 'node:fs';
import { aimsOf } from './aims.js';
import { measureBacktest } from './backtest.js';
import { measureHttp, type HttpResult } from './http.js';
import { measureLargeDatabase } from './large-database.js';
import { measureLatency } from './latency.js';
import { measureLateEvents } from './late-events.js';
import { describeMachine } from './machine.js';
import { measureMatch } from './match.js';
import { measureProcess } from './process.js';
import { measureReplicas } from './replicas.js';
import { measureStalls } from './stalls.js';
import { measureStorm } from './storm.js';
import { measureStuffing } from './stuffing.js';
import { measureWindowCost } from './window-cost.js';
import { measureWindows } from './windows.js';

const names = [
  'match',
  'http',
  'latency',
  'windows',
  'window-cost',
  'late-events',
  'stuffing',
  'backtest',
  'replicas',
  'large',
  'process',
  'stalls',
  'storm',
] as const;
const longFlag = '--long';
const long = process.argv.includes(longFlag);
const wanted = process.argv.slice(2).filter((argument) => argument !== longFlag);
const unknown = wanted.filter((name) => !(names as readonly string[]).includes(name));
if (unknown.length > 0) throw new Error(`there is no section ${unknown.join(', ')}: ${names.join(', ')}`);

const machine = describeMachine();
console.log(machine);

const match = await section('match', measureMatch, (rows) => console.table(rows));
const http = await section('http', measureHttp, ({ rows, ...ratios }) => {
  console.table(rows);
  console.table(ratios);
});
const latency = await section(
  'latency',
  () => measureLatency(peaksOf(http)),
  (rows) => console.table(rows),
);
const windows = await section('windows', measureWindows, (rows) => console.table(rows));
const windowCost = await section('window-cost', measureWindowCost, (rows) => console.table(rows));
const lateEvents = await section('late-events', measureLateEvents, (rows) => console.table(rows));
const stuffing = await section(
  'stuffing',
  () => measureStuffing(long),
  (result) => console.table(result),
);
const backtest = await section(
  'backtest',
  async () => measureBacktest(),
  (result) => console.table(result),
);
const replicas = await section('replicas', measureReplicas, ({ rows, held }) => {
  console.table(rows);
  console.table(held);
});
const large = await section('large', measureLargeDatabase, (rows) => console.table(rows));
const lifecycle = await section('process', measureProcess, (result) => console.table(result));
const stalls = await section('stalls', measureStalls, (result) => console.table(result));
const storm = await section('storm', measureStorm, (result) => console.table(result));

const measured = {
  match,
  http,
  latency,
  windows,
  windowCost,
  lateEvents,
  stuffing,
  backtest,
  replicas,
  large,
  process: lifecycle,
  stalls,
  storm,
};
// A run of some sections only leaves the results of the last whole run alone.
if (isWhole(measured)) {
  const aims = aimsOf(measured);
  console.table(aims);
  writeFileSync('bench/results.json', `${JSON.stringify({ machine, aims, ...measured }, null, 2)}\n`);
}

/** Undefined when other sections are wanted. */
async function section<T>(
  name: (typeof names)[number],
  measure: () => Promise<T>,
  print: (result: T) => void,
): Promise<T | undefined> {
  if (wanted.length > 0 && !wanted.includes(name)) return undefined;
  const started = performance.now();
  const result = await measure();
  console.log(`\n${name} (${Math.round((performance.now() - started) / 1_000)} s)`);
  print(result);
  return result;
}

function peaksOf(result: HttpResult | undefined): ReadonlyMap<string, number> {
  const rows = result?.rows.filter(({ workload }) => workload === 'one match a batch') ?? [];
  return new Map(rows.map(({ server, batchesPerSecond }) => [server, batchesPerSecond]));
}

/** Whether no section is left out. */
function isWhole<T extends object>(all: T): all is T & { readonly [name in keyof T]: NonNullable<T[name]> } {
  return Object.values(all).every((one) => one !== undefined);
}
