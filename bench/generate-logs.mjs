// Writes an export of Auth0 logs to measure with: node bench/generate-logs.mjs <file> [MB] [--array]
// The same arguments give the same file. Events follow the shapes of test/fixtures/recorded-batch.json.
import { createWriteStream, readFileSync } from 'node:fs';
import { once } from 'node:events';

const [file, megabytes = '200', form] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node bench/generate-logs.mjs <file> [MB] [--array]');
  process.exit(2);
}
const recorded = JSON.parse(
  readFileSync(new URL('../test/fixtures/recorded-batch.json', import.meta.url), 'utf8'),
);
/** Out of a hundred events; the rest are one of each recorded event in turn. */
const usual = { s: 40, seacft: 25, sertft: 12, ssa: 8, slo: 4, fp: 4, fu: 1, sapi: 1 };
const templates = recorded.map(({ data }) => data);
const ofType = (type) => templates.filter((data) => data.type === type).at(0) ?? { ...templates[0], type };
const mix = Object.entries(usual).flatMap(([type, times]) => Array(times).fill(ofType(type)));

// A linear congruential generator: quick, and the same everywhere.
let seed = 42;
const random = (below) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed % below;
};

const out = createWriteStream(file);
const wanted = Number(megabytes) * 1024 * 1024;
const array = form === '--array';
let [written, index, at] = [0, 0, Date.UTC(2026, 0, 1)];
let lines = [];
if (array) out.write('[');
while (written < wanted) {
  const slot = random(100);
  const base = mix[slot] ?? templates[index % templates.length];
  // The rhythm of a day: about eight events a second at noon, one at midnight.
  at += 40 + random(200 + Math.round(600 * (1 - Math.sin((Math.PI * (at % 86_400_000)) / 86_400_000))));
  const id = `900${String(index).padStart(52, '0')}`;
  const user = random(5_000);
  const data = {
    ...base,
    _id: id,
    log_id: id,
    date: new Date(at).toISOString(),
    ip: `198.51.${random(100)}.${random(256)}`,
    user_id: `auth0|${String(user).padStart(24, '0')}`,
    user_name: `user${user}@northwind.example`,
  };
  const line = (array && index > 0 ? ',' : '') + JSON.stringify(data) + '\n';
  written += Buffer.byteLength(line);
  index += 1;
  lines.push(line);
  if (lines.length < 1_000 && written < wanted) continue;
  if (!out.write(lines.join(''))) await once(out, 'drain');
  lines = [];
}
out.end(array ? ']' : '');
await once(out, 'finish');
console.log(`${index} events, ${(written / 1024 / 1024).toFixed(0)} MB`);
