import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { FakeTimer } from '../../../test/support/fake-timer.js';
import { ServiceEnvironment } from '../../config/read-settings.js';
import { Settings } from '../../config/settings.js';
import { Metrics } from '../../metrics/metrics.js';
import { testGate } from '../../app/test-gate.js';
import { CurrentRules } from './current-rules.js';
import { ReloadTriggers } from './reload-triggers.js';
import { InProcessLoader, type Loaded, type LoadRequest } from './rules-loader.js';

const rulesFor = (type: string, include = ''): string =>
  `version: 1\n${include}\nchannels: { local: { console: true } }\nrules: [{ id: rule-${type}, match: { types: [${type}] } }]\n`;

/** Loads as usual, and then lets something happen before it says so. */
class SlowLoader extends InProcessLoader {
  loads = 0;
  meanwhile: (() => Promise<void>) | undefined;

  override async load(request: LoadRequest): Promise<Loaded> {
    this.loads += 1;
    const loaded = await super.load(request);
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
    return loaded;
  }
}

describe('the watch over the rules file', () => {
  let folder: string;
  let timer: FakeTimer;
  let loader: SlowLoader;
  let rules: CurrentRules;
  let triggers: ReloadTriggers;

  const write = (text: string, name = 'rules.yaml'): Promise<void> => writeFile(join(folder, name), text);
  const ids = (): string => rules.current.rules.map(({ id }) => id).join();

  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(['log', 'warn', 'error']));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-watch-'));
    const clock = new FakeClock();
    const settings = Object.assign(new Settings(), { RULES_FILE: join(folder, 'rules.yaml') });
    timer = new FakeTimer(clock);
    loader = new SlowLoader(testGate);
    rules = new CurrentRules(settings, new ServiceEnvironment({}), clock, new Metrics(), loader);
    triggers = new ReloadTriggers(rules, settings, timer);
    await write(rulesFor('f'));
    const loaded = await rules.loadFirst(new InProcessLoader(testGate));
    if (!loaded.ok) throw new Error('the rules have errors');
    await rules.put(loaded);
  });

  afterEach(async () => {
    await triggers.beforeApplicationShutdown();
    await rm(folder, { recursive: true });
  });

  const watch = async (): Promise<void> => {
    triggers.onApplicationBootstrap();
    await timer.asleep();
  };

  it('loads nothing that has not changed', async () => {
    await watch();
    await timer.advance(5_000);
    expect(loader.loads).toBe(0);
  });

  it('loads a change once', async () => {
    await watch();
    await write(rulesFor('fp'));
    await timer.advance(5_000);
    expect([loader.loads, ids()]).toEqual([1, 'rule-fp']);
  });

  it('sees a change that is made before the watch begins', async () => {
    await write(rulesFor('fp'));
    await watch();
    await timer.advance(5_000);
    expect(ids()).toBe('rule-fp');
  });

  it('sees a change that is made while an earlier one is loaded', async () => {
    await watch();
    loader.meanwhile = () => write(rulesFor('fu', '# the last word'));
    await write(rulesFor('fp'));
    await timer.advance(5_000);
    expect([loader.loads, ids()]).toEqual([2, 'rule-fu']);
  });

  it('sees a change of a file that is being included for the first time', async () => {
    await watch();
    loader.meanwhile = () =>
      write('version: 1\nrules: [{ id: more, match: { types: [fu] } }]\n', 'more.yaml');
    await write('version: 1\nrules: []\n', 'more.yaml');
    await write(rulesFor('fp', 'include: [more.yaml]'));
    await timer.advance(5_000);
    expect([loader.loads, ids()]).toEqual([2, 'rule-fp,more']);
  });

  it('sees a change that is made while somebody else reloads', async () => {
    await watch();
    loader.meanwhile = () => write(rulesFor('fu'));
    await rules.reload(false);
    await timer.advance(5_000);
    expect([loader.loads, ids()]).toEqual([2, 'rule-fu']);
  });

  it('puts in force what a dry run has only tried', async () => {
    await watch();
    await write(rulesFor('fp'));
    await rules.reload(true);
    expect(ids()).toBe('rule-f');
    await timer.advance(5_000);
    expect([loader.loads, ids()]).toEqual([2, 'rule-fp']);
  });

  it('does not load a faulty file again and again', async () => {
    await watch();
    await write('version: 1\ninclude: [absent.yaml]\nrules: nonsense\n');
    await timer.advance(10_000);
    expect(loader.loads).toBeLessThanOrEqual(2);
    expect(ids()).toBe('rule-f');
  });
});
