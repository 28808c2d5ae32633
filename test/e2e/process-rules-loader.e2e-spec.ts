import { resolve } from 'node:path';
import { unpackRules, type PackedRules } from '../../src/rules/packed-rules.js';
import { loadLimits, ProcessRulesLoader } from '../../src/rules/process-rules-loader.js';
import { LoadHere, type Loaded } from '../../src/rules/rules-loader.js';
import { TaskProcesses, type TaskLimits } from '../../src/system/task-processes.js';

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
    const [aside, here] = [await load(), await new LoadHere().load(request)];
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

  it('are refused where there is no such process', async () => {
    expect(await load({}, new URL('absent/', built))).toMatchObject({
      ok: false,
      problems: [{ code: 'check-failed' }],
    });
  });
});
