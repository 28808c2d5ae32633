import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { FakeAuth0 } from '../support/fake-auth0.js';
import { SpawnedProgram } from '../support/spawned-program.js';
import { until } from '../support/until.js';

const program = resolve('dist/cli.js');
const rules = `version: 1
channels: { security: { console: true } }
rules: [{ id: failures, match: { types: [fu] }, channels: [security] }]
`;

describe('the built command line and a tenant', () => {
  let auth0: FakeAuth0;
  let folder: string;
  let started: SpawnedProgram[];

  beforeEach(async () => {
    auth0 = await FakeAuth0.start();
    folder = await mkdtemp(join(tmpdir(), 'alert-router-tenant-'));
    await writeFile(join(folder, 'rules.yaml'), rules);
    started = [];
  });

  afterEach(async () => {
    for (const one of started) await one.destroy();
    await auth0.close();
    await rm(folder, { recursive: true });
  });

  const start = (args: string, environment: Record<string, string> = {}): SpawnedProgram => {
    const one = SpawnedProgram.start(folder, process.execPath, [program, ...args.split(' ')], {
      ...auth0.settings,
      ...environment,
    });
    started.push(one);
    return one;
  };

  const run = async (args: string, environment: Record<string, string> = {}): Promise<string> => {
    const one = start(args, environment);
    expect({ ...(await one.exit()), output: one.output }).toMatchObject({ code: 0 });
    return one.output;
  };

  it('exports logs, is killed, goes on, and plays what it has', async () => {
    const events = auth0.tenant.logMany(3_000, { type: 'fu' }, Date.now() - 60_000);
    auth0.limit(20, 3_000);
    const killed = start('logs pull --from -1d --out logs.jsonl');
    await until(async () => auth0.count('/api/v2/logs') >= 10);
    await killed.destroy();
    const part = await readFile(join(folder, 'logs.jsonl'), 'utf8');
    await writeFile(join(folder, 'logs.jsonl'), part.slice(0, -20));
    auth0.limit(undefined);

    expect(await run('logs pull --from -1d --out logs.jsonl')).toMatch(
      /goes on after \d+[^]* events written to /,
    );
    const lines = (await readFile(join(folder, 'logs.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(events);
    const report = JSON.parse(await run('backtest logs.jsonl --json')) as unknown;
    expect(report).toMatchObject({ events: 3_000, rules: { failures: { matched: 3_000 } } });
    expect(JSON.parse(await run('backtest --tenant --from -1d --json'))).toEqual(report);
  });

  it('makes the log stream that the rules need', async () => {
    const connect = (option: string): Promise<string> =>
      run(`connect auth0 ${option}`, {
        PUBLIC_URL: 'https://alerts.example.com',
        AUTH0_LOG_STREAM_TOKEN: 'stream-token',
      });
    expect(await connect('--apply')).toContain('created lst_');
    expect(await connect('--apply')).toContain('as the rules need it');
    expect(auth0.tenant.streams).toMatchObject([
      { filters: [{ name: 'auth.login.fail' }], sink: { httpAuthorization: 'stream-token' } },
    ]);
  });
});
