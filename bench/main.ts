import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { measureHttp } from './http.js';
import { measureMatch } from './match.js';
import { measureProcess } from './process.js';
import { measureWindows } from './windows.js';

const names = ['match', 'http', 'windows', 'process'] as const;
const wanted = process.argv.slice(2);
const measures = (name: (typeof names)[number]): boolean => wanted.length === 0 || wanted.includes(name);

const machine = {
  date: new Date().toISOString(),
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
  uncommittedChanges: execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' }) !== '',
  node: process.version,
  cpus: `${cpus().length} x ${cpus()[0]?.model}`,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  /** Above 0.2 or so something else was running too. */
  loadBefore: loadavg()[0],
  versions: Object.fromEntries(
    ['json-rules-engine', 'fastify', 'express', 'autocannon', 'libsql', 're2js'].map((name) => [
      name,
      (JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string }).version,
    ]),
  ),
};
console.log(machine);

const match = measures('match') ? await measureMatch() : undefined;
if (match !== undefined) console.table(match);
const http = measures('http') ? await measureHttp() : undefined;
if (http !== undefined) {
  const { rows, ...ratios } = http;
  console.table(rows);
  console.table(ratios);
}
const windows = measures('windows') ? await measureWindows() : undefined;
if (windows !== undefined) console.table(windows);
const lifecycle = measures('process') ? await measureProcess() : undefined;
if (lifecycle !== undefined) console.table(lifecycle);

// A run of some sections only leaves the results of the last whole run alone.
if (wanted.length === 0) {
  const results = { machine, match, http, windows, process: lifecycle };
  writeFileSync('bench/results.json', `${JSON.stringify(results, null, 2)}\n`);
}
