import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { TaskProcesses, type TaskOutcome } from '../../src/app/task-processes.js';
import { SpawnedProgram } from '../support/spawned-program.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const limits = { timeMs: 60_000, heapMegabytes: 64 };

describe('a task in a process of its own', () => {
  let folder: string;
  let pidFile: string;
  let tasks: TaskProcesses;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-tasks-'));
    pidFile = join(folder, 'pid');
    tasks = new TaskProcesses(process.env, new URL('../fixtures/tasks/', import.meta.url));
  });

  afterEach(async () => {
    tasks.onModuleDestroy();
    await rm(folder, { recursive: true, force: true });
  });

  const run = (
    way: string,
    { timeMs = limits.timeMs, signal }: { timeMs?: number; signal?: AbortSignal } = {},
  ): Promise<TaskOutcome<unknown>> =>
    tasks.run('odd-task.mjs', { way, pidFile }, { ...limits, timeMs }, signal);

  /** Looks again and again, for half a minute at most. */
  async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await pause(20)) {
      const found = await look();
      if (found !== undefined) return found;
    }
    throw new Error(`${what} never came`);
  }
  const pid = (): Promise<number> =>
    until('the process', async () => Number(await readFile(pidFile, 'utf8').catch(() => '')) || undefined);
  const gone = (id: number): Promise<true> =>
    until('the end of the process', () => {
      try {
        process.kill(id, 0);
        return undefined;
      } catch {
        return true;
      }
    });

  it('answers, and leaves no process behind', async () => {
    expect(await run('echo')).toEqual({ kind: 'answered', answer: { way: 'echo', pidFile } });
    await gone(await pid());
  });

  it('gets nothing of the environment that could be a secret', async () => {
    process.env['SOME_SECRET'] = 'hidden';
    const outcome = await run('environment');
    delete process.env['SOME_SECRET'];
    if (outcome.kind !== 'answered') throw new Error(outcome.kind);
    const allowed = ['LD_LIBRARY_PATH', 'TMPDIR', 'SystemRoot'];
    const names = Object.keys(outcome.answer as object).filter((name) => !/^(NODE_CHANNEL|__CF)/.test(name));
    expect(names.filter((name) => !allowed.includes(name))).toEqual([]);
  });

  it('is ended when its time is up', async () => {
    // Also where it had no time to begin.
    expect(await run('loop', { timeMs: 1_000 })).toEqual({ kind: 'exceeded', limit: 'time' });
  });

  it('is ended when it takes more memory than it may', async () => {
    expect(await run('memory')).toEqual({ kind: 'exceeded', limit: 'memory' });
  });

  it.each([
    ['throw', 'it is broken'],
    ['exit', 'its process ended with 3'],
  ])('that goes wrong says how: %s', async (way, why) => {
    expect(await run(way)).toEqual({ kind: 'failed', why: expect.stringContaining(why) as string });
  });

  it('that does not exist fails', async () => {
    const outcome = await tasks.run('absent.mjs', {}, limits);
    expect(outcome).toMatchObject({ kind: 'failed', why: expect.stringContaining('absent.mjs') as string });
  });

  it('is ended when nobody waits for it any more', async () => {
    const leaving = new AbortController();
    const outcome = run('loop', { signal: leaving.signal });
    const id = await pid();
    leaving.abort();
    expect(await outcome).toEqual({ kind: 'unwanted' });
    await gone(id);
  });

  it('is ended when the service stops, and none begins then', async () => {
    const outcome = run('loop');
    const id = await pid();
    tasks.onModuleDestroy();
    expect(await outcome).toEqual({ kind: 'unwanted' });
    await gone(id);
    expect(await run('echo')).toEqual({ kind: 'unwanted' });
  });

  it.each([
    ['exits', 'loop', 'process.exit(0)'],
    ['is killed', 'wait', "process.kill(process.pid, 'SIGKILL')"],
  ])('ends with the process that started it, when that %s', async (_how, way, end) => {
    const program = SpawnedProgram.start(root, process.execPath, [
      '--input-type=module',
      '-e',
      `import { existsSync } from 'node:fs';
       import { TaskProcesses } from './dist/app/task-processes.js';
       const tasks = new TaskProcesses(process.env, new URL('file://${root}/test/fixtures/tasks/'));
       void tasks.run('odd-task.mjs', { way: '${way}', pidFile: '${pidFile}' }, { timeMs: 60000, heapMegabytes: 64 });
       setInterval(() => { if (existsSync('${pidFile}')) ${end}; }, 20);`,
    ]);
    await program.exit();
    await gone(await pid());
  });
});
