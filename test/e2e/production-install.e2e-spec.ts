import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const token = 'production-install-token';
const minutes = 60_000;
const keptVariables =
  /^(PATH|HOME|TMPDIR|NODE_EXTRA_CA_CERTS|npm_config_(registry|cache|userconfig|globalconfig)|\w+_proxy)$/i;

/**
 * Installs what the Dockerfile installs, the way it does, into a folder with nothing else in it. What only a
 * development dependency or an install script provides is missing there, and the service must not miss it.
 */
describe('a production install', () => {
  let folder: string;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-install-'));
    await succeed(root, process.execPath, ['scripts/ensure-built.mjs']);
    for (const name of ['package.json', 'package-lock.json', 'rules.yaml', 'rules', 'dist']) {
      await cp(join(root, name), join(folder, name), { recursive: true });
    }
    await succeed(folder, 'npm', [
      'ci',
      '--omit=dev',
      '--ignore-scripts',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
    ]);
  }, 3 * minutes);

  afterAll(async () => {
    for (const child of children) {
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        await exited;
      }
    }
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'starts, takes the guide’s test call, and ends on SIGTERM with 0',
    async () => {
      const service = start(folder, process.execPath, ['dist/main.js'], {
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: '0',
        AUTH0_LOG_STREAM_TOKEN: token,
        DATABASE_URL: `sqlite:${join(folder, 'router.db')}`,
      });
      const port = await until(
        service,
        'its address',
        () => /http:\/\/\S+?:(\d+)\D/.exec(service.output())?.[1],
      );
      const url = `http://127.0.0.1:${port}`;

      const health = await fetch(`${url}/healthz`);
      expect(health.status).toBe(200);
      await health.arrayBuffer();

      const answer = await fetch(`${url}/api/logs`, {
        method: 'POST',
        headers: { Authorization: token, 'Content-Type': 'application/json' },
        body: '[{"data": {"type": "f", "description": "Test failure", "log_id": "abc1234567890"}}]',
      });
      expect({ status: answer.status, body: await answer.text() }).toEqual({ status: 200, body: 'ok' });

      service.child.kill('SIGTERM');
      await until(
        service,
        'its exit',
        () => (service.child.exitCode ?? service.child.signalCode) !== null || undefined,
      );
      expect({ code: service.child.exitCode, signal: service.child.signalCode }).toEqual({
        code: 0,
        signal: null,
      });
    },
    3 * minutes,
  );

  it(
    'has the command line',
    async () => {
      await succeed(folder, process.execPath, ['dist/cli.js', 'validate', 'rules.yaml']);
    },
    minutes,
  );

  interface Running {
    readonly child: ChildProcess;
    /** Everything printed so far, on both streams. */
    readonly output: () => string;
  }

  /** Starts a command with nothing of this process's environment but what finding and fetching programs takes. */
  function start(
    cwd: string,
    command: string,
    args: string[],
    settings: Record<string, string> = {},
  ): Running {
    const inherited = Object.entries(process.env).filter(([name]) => keptVariables.test(name));
    const child = spawn(command, args, {
      cwd,
      env: { ...Object.fromEntries(inherited), ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    return { child, output: () => output };
  }

  async function succeed(cwd: string, command: string, args: string[]): Promise<void> {
    const { child, output } = start(cwd, command, args);
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) {
      throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output()}`);
    }
  }

  /** Looks every 25 ms for what a running service has yet to show, and gives up when it ends or a minute has passed. */
  async function until<Found>(
    { child, output }: Running,
    what: string,
    look: () => Found | undefined,
  ): Promise<Found> {
    const deadline = Date.now() + minutes;
    for (;;) {
      const ended = child.exitCode !== null || child.signalCode !== null;
      const found = look();
      if (found !== undefined) {
        return found;
      }
      if (ended || Date.now() > deadline) {
        throw new Error(`The service never showed ${what}. It printed:\n${output()}`);
      }
      await wait(25);
    }
  }
});
