import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { testGate } from '../../src/app/test-gate.js';
import { ServiceEnvironment } from '../../src/config/read-settings.js';
import { Settings } from '../../src/config/settings.js';
import { Metrics } from '../../src/metrics/metrics.js';
import { CurrentRules } from '../../src/rules/reload/current-rules.js';
import { unpackRules, type PackedRules } from '../../src/rules/reload/packed-rules.js';
import { loadLimits, ProcessRulesLoader } from '../../src/rules/reload/process-rules-loader.js';
import { InProcessLoader, type Loaded } from '../../src/rules/reload/rules-loader.js';
import { TaskProcesses, type TaskLimits } from '../../src/app/task-processes.js';
import { FakeClock } from '../support/fake-clock.js';

const built = new URL('../../dist/', import.meta.url);
const webhook = 'https://hooks.slack.com/services/T/B/X';
const request = {
  file: 'test/fixtures/rules/every-form.yaml',
  surroundings: { variables: { EVERY_FORM_WEBHOOK: webhook } },
  requireTests: true,
};

describe('rules that a process of its own checks', () => {
  let tasks: TaskProcesses;

  const load = (limits: Partial<TaskLimits> = {}, code = built): Promise<Loaded> => {
    tasks = new TaskProcesses(process.env, code);
    return new ProcessRulesLoader(tasks, { ...loadLimits, ...limits }).load(request);
  };

  afterEach(() => tasks.onModuleDestroy());

  it('are those that are checked here', async () => {
    const [aside, here] = [await load(), await new InProcessLoader(testGate).load(request)];
    if (!aside.ok || !here.ok) throw new Error('the rules have errors');
    expect(aside.rules.hash).toBe(here.rules.hash);
    expect(aside.rules.channels).toEqual(here.rules.channels);
    expect(aside.files).toEqual(here.files);
    const said = ({ packed }: { packed: PackedRules }) => unpackRules(packed).sources.map(({ raw }) => raw);
    expect(said(aside)).toEqual(said(here));
  });

  it.each([
    ['time', { timeMs: 1 }],
    ['memory', { heapMegabytes: 10 }],
  ])('are refused where that takes too much %s', async (limit, limits) => {
    expect(await load(limits)).toMatchObject({
      ok: false,
      problems: [{ code: 'limit-exceeded', message: expect.stringContaining(limit) as string }],
      files: new Set([resolve(request.file)]),
    });
  });

  it('hold up no later load where the process hangs, as nothing in the service waits for it any longer', async () => {
    const code = await mkdtemp(join(tmpdir(), 'alert-router-hung-'));
    try {
      const task = join(code, 'app', 'load-task.js');
      await mkdir(join(code, 'app'));
      await writeFile(task, 'process.on("SIGTERM", () => undefined); for (;;);');
      tasks = new TaskProcesses(process.env, pathToFileURL(`${code}/`));
      const rules = new CurrentRules(
        Object.assign(new Settings(), { RULES_FILE: request.file }),
        new ServiceEnvironment({ EVERY_FORM_WEBHOOK: webhook }),
        new FakeClock(),
        new Metrics(),
        new ProcessRulesLoader(tasks, { ...loadLimits, timeMs: 200 }),
      );
      const results = await Promise.all([rules.reload(true), rules.reload(true)]);
      expect(results).toMatchObject([
        { ok: false, problems: [{ code: 'limit-exceeded' }] },
        { ok: false, problems: [{ code: 'limit-exceeded' }] },
      ]);
    } finally {
      await rm(code, { recursive: true });
    }
  });

  it('are refused where there is no such process', async () => {
    expect(await load({}, new URL('absent/', built))).toMatchObject({
      ok: false,
      problems: [{ code: 'check-failed' }],
    });
  });
});
