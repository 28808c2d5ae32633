import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const startDeadlineMs = 20_000;

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  /** From the start of the process to the line that gives its address. */
  readonly startMs: number;
  /** Resident memory in MB; undefined where the system has no /proc. */
  memory(): number | undefined;
  /** The CPU time that the process has used, all its threads together, in ms; undefined where the system has no /proc. */
  cpu(): number | undefined;
  /** Sends a message to what was preloaded and gives its answer. */
  ask(message: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** @param preload a module to load before the script, which answers messages */
export async function startServer(
  script: string,
  environment: Readonly<Record<string, string>> = {},
  preload?: string,
): Promise<ServerProcess> {
  const started = performance.now();
  const child = spawn(process.execPath, preload === undefined ? [script] : ['--import', preload, script], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe', ...(preload === undefined ? [] : (['ipc'] as const))],
  });
  // A benchmark that fails leaves no server running, which would slow the next one.
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  const port = await addressOf(child, script);
  return {
    url: `http://127.0.0.1:${port}`,
    startMs: performance.now() - started,
    memory: () => residentMb(child.pid),
    cpu: () => cpuMs(child.pid),
    ask: async (message) => {
      const answered = once(child, 'message');
      child.send(message);
      return (await answered)[0] as unknown;
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}

/** One of the small servers of `servers/`. */
export function startSmallServer(
  name: 'bare-fastify' | 'express-route' | 'instant-slack',
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  return startServer(fileURLToPath(new URL(`servers/${name}.js`, import.meta.url)), environment);
}

async function addressOf(child: ChildProcess, script: string): Promise<string> {
  let printed = '';
  const collect = (chunk: Buffer): void => void (printed = (printed + chunk.toString()).slice(-100_000));
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  for (const deadline = performance.now() + startDeadlineMs; performance.now() < deadline; await wait(5)) {
    const port = /Listening on http:\/\/\S+?:(\d+)\D/.exec(printed)?.[1];
    if (port !== undefined) return port;
    if (child.exitCode !== null) break;
  }
  child.kill('SIGKILL');
  throw new Error(`${script} did not start:\n${printed}`);
}

function residentMb(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
  } catch {
    return undefined;
  }
}

/** Linux counts it in hundredths of a second. */
const msPerTick = 10;

function cpuMs(pid: number | undefined): number | undefined {
  try {
    // proc(5): the process's name is in brackets; utime and stime are the 12th and 13th after it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * msPerTick;
  } catch {
    return undefined;
  }
}
