// Attacks the built service in the ways that its limits guard against, and prints the results as a Markdown table:
// `npm run build && node bench/limits.mjs`. docs/performance.md quotes it. It needs Linux, where /proc shows the memory.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const rows = [];
const row = (what, result) => rows.push(`| ${what} | ${result} |`);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const admin = { Authorization: 'Bearer an-admin-token-of-32-characters' };
const stream = { Authorization: 'a-stream-token-of-32-characters!' };

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function start(environment = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'alert-router-limits-'));
  writeFileSync(
    join(folder, 'rules.yaml'),
    'version: 1\nchannels: { local: { console: true } }\nrules: [{ id: failures, match: { types: [f] } }]\n',
  );
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [join(root, 'dist/main.js')], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      AUTH0_LOG_STREAM_TOKEN: stream.Authorization,
      ADMIN_TOKEN: admin.Authorization.slice('Bearer '.length),
      DATABASE_URL: 'sqlite:router.db',
      WATCH_RULES: 'false',
      ...environment,
    },
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await pause(10);
  return { child, exited, folder, port, url, startedMs: performance.now() - began };
}

async function stop({ child, exited, folder }) {
  child.kill('SIGTERM');
  const code = await exited;
  rmSync(folder, { recursive: true });
  return code;
}

const megabytes = ({ child }) =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024);

/** Opens connections that announce a body of 5 MB, send a part of it and then nothing more. */
async function halfSent(port, path, headers, connections, sentBytes) {
  const open = [];
  for (let index = 0; index < connections; index++) {
    const socket = net.connect(port, '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\n${headers}\r\n`,
    );
    socket.write(Buffer.alloc(sentBytes, 32));
    open.push(socket);
  }
  return open;
}

/** Asks for /healthz every 10 ms while the work runs, and gives the longest wait in ms. */
async function longestWait(url, work) {
  let longest = 0;
  const over = new AbortController();
  const asking = (async () => {
    while (!over.signal.aborted) {
      const began = performance.now();
      await fetch(`${url}/healthz`).then((answer) => answer.text());
      longest = Math.max(longest, performance.now() - began);
      await pause(10);
    }
  })();
  const result = await work();
  over.abort();
  await asking;
  return { result, longest: Math.round(longest) };
}

const explain = (url, body) =>
  fetch(`${url}/admin/rules/explain`, {
    method: 'POST',
    headers: { ...admin, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
const rulesWith = (path) =>
  `version: 1\nchannels: { local: { console: true } }\nrules:\n  - id: a\n    match: { where: { all: [{ fact: event, path: ${JSON.stringify(path)}, operator: equal, value: 1 }] } }\n`;

let service = await start();
await pause(2_000);
row('Start to ready', `${(service.startedMs / 1000).toFixed(2)} s`);
row('Memory, no load', `${megabytes(service)} MB`);

for (const [path, headers] of [
  ['/nope', ''],
  ['/api/logs', 'Authorization: wrong\r\n'],
  ['/admin/rules/explain', ''],
]) {
  const before = megabytes(service);
  const sockets = await halfSent(service.port, path, headers, 250, 4_900_000);
  await pause(1_000);
  const health = (await fetch(`${service.url}/healthz`)).status;
  row(
    `250 bodies of 5 MB, sent by half, to \`${path}\` without a token`,
    `${before} → ${megabytes(service)} MB, \`/healthz\` ${health}`,
  );
  for (const socket of sockets) socket.destroy();
}

// The refused requests count against this address, so the next attacks get a service of their own.
await stop(service);
service = await start();

for (const [name, path] of [
  ['a nested filter that reaches `Function`', "$..[?(@.constructor.constructor('return process')())]"],
  ['a script expression', '$.a[(@.length-1)]'],
  ["a pattern in `@['match'](…)`", "$[?(@['match']('(a+)+$'))]"],
]) {
  const { result, longest } = await longestWait(service.url, () =>
    explain(service.url, {
      events: [{ type: 'f', data: { a: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' } }],
      rules: rulesWith(path),
    }),
  );
  row(`A path with ${name}`, `${result.status}, \`/healthz\` at most ${longest} ms`);
}

{
  const events = Array.from({ length: 60_000 }, () => ({ type: 'f' }));
  const { result, longest } = await longestWait(service.url, () => explain(service.url, { events }));
  row('`explain` with 60,000 events', `${result.status}, \`/healthz\` at most ${longest} ms`);
}
{
  const answer = await explain(service.url, {
    events: [{ type: 'f' }],
    rules: 'version: 1\ninclude: [/etc/passwd]\nrules: []\n',
  });
  const text = await answer.text();
  row(
    'Posted rules that include /etc/passwd',
    `${answer.status}, ${text.includes('root:') ? 'QUOTED' : 'nothing of it in the answer'}`,
  );
}
{
  const counts = new Map();
  for (let index = 0; index < 200; index++) {
    const { status } = await fetch(`${service.url}/api/logs`, {
      method: 'POST',
      headers: { Authorization: 'wrong' },
      body: '[]',
    });
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  row(
    '200 requests with a wrong token',
    [...counts].map(([status, count]) => `${count} × ${status}`).join(', '),
  );
}
{
  await halfSent(service.port, '/api/logs', `Authorization: ${stream.Authorization}\r\n`, 1, 1_000);
  const agent = new http.Agent({ keepAlive: true });
  await new Promise((resolve) =>
    http.get(`${service.url}/healthz`, { agent }, (answer) => answer.resume().once('end', resolve)),
  );
  const began = performance.now();
  const code = await stop(service);
  agent.destroy();
  row(
    'SIGTERM with a half-sent request and a kept-alive connection, `SHUTDOWN_GRACE` 10 s',
    `exit ${code} after ${((performance.now() - began) / 1000).toFixed(1)} s`,
  );
}
{
  const idle = await start();
  const agent = new http.Agent({ keepAlive: true });
  await new Promise((resolve) =>
    http.get(`${idle.url}/healthz`, { agent }, (answer) => answer.resume().once('end', resolve)),
  );
  const began = performance.now();
  const code = await stop(idle);
  agent.destroy();
  row(
    'SIGTERM with a kept-alive connection',
    `exit ${code} after ${Math.round(performance.now() - began)} ms`,
  );
}
{
  const folder = mkdtempSync(join(tmpdir(), 'alert-router-production-'));
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(root, file), join(folder, file));
  execFileSync('npm', ['ci', '--omit=dev', '--ignore-scripts', '--silent'], { cwd: folder });
  const packages =
    execFileSync('npm', ['ls', '--all', '--parseable', '--omit=dev'], { cwd: folder, encoding: 'utf8' })
      .trim()
      .split('\n').length - 1;
  const size = execFileSync('du', ['-sm', join(folder, 'node_modules')], { encoding: 'utf8' }).split('\t')[0];
  row('A production install', `${packages} packages, ${size} MB`);
  rmSync(folder, { recursive: true });
}

console.log(['| What was done | What came of it |', '|---|---|', ...rows].join('\n'));
