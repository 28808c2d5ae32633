import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SpawnedProgram } from '../support/spawned-program.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const minutes = 60_000;

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** What `npm publish` would publish, installed by somebody who has nothing else. */
describe('the packed package', () => {
  let folder: string;
  let service: SpawnedProgram | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-packed-'));
    // The run has built dist/ already.
    await SpawnedProgram.run(root, 'npm', [
      'pack',
      '--ignore-scripts',
      '--silent',
      '--pack-destination',
      folder,
    ]);
    const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
    await writeFile(join(folder, 'package.json'), '{ "private": true }');
    const quick = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
    await SpawnedProgram.run(folder, 'npm', ['install', ...quick, `./${tarball}`]);
  }, 3 * minutes);

  afterAll(async () => {
    await service?.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  async function run(...args: string[]): Promise<Ran> {
    const program = SpawnedProgram.start(folder, 'npx', ['--no-install', ...args], {
      npm_config_loglevel: 'error',
    });
    const { code } = await program.exit();
    return { code, output: program.output };
  }

  it(
    'has both names, its rules, its examples and no sources',
    async () => {
      expect(await run('auth0-alert-router', '--version')).toMatchObject({ code: 0 });
      const inside = join(folder, 'node_modules/auth0-alert-router');
      expect((await readdir(inside)).toSorted()).toEqual(
        [
          'CHANGELOG.md',
          'LICENSE',
          'README.md',
          'dist',
          'docs',
          'examples',
          'package.json',
          'rules',
          'rules.schema.json',
          'rules.yaml',
          'scripts',
        ].toSorted(),
      );
      expect(await run('alert-router', 'validate', join(inside, 'rules.yaml'))).toMatchObject({ code: 0 });
      expect(await run('alert-router', 'test', join(inside, 'examples/11-count.yaml'))).toMatchObject({
        code: 0,
      });
    },
    minutes,
  );

  it(
    'validates, tests, explains and backtests, and ends with 0, 1 or 2',
    async () => {
      expect(await run('alert-router', 'validate')).toMatchObject({
        code: 1,
        output: expect.stringContaining("rules.yaml can't be read"),
      });
      await writeFile(
        join(folder, 'rules.yaml'),
        `version: 1
channels: { security: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules:
  - id: failures
    match: { types: [fu] }
    tests: [{ name: a failure, events: [{ type: fu }], expect: { alerts: 1 } }]
`,
      );
      await writeFile(join(folder, 'logs.jsonl'), '{"type":"fu","date":"2026-01-05T12:00:00Z"}\n');
      expect(await run('alert-router', 'validate')).toMatchObject({ code: 0 });
      expect(await run('alert-router', 'test')).toMatchObject({ code: 0 });
      expect(await run('alert-router', 'explain', 'logs.jsonl')).toMatchObject({
        code: 0,
        output: expect.stringContaining('failures: sent'),
      });
      const backtest = await run('alert-router', 'backtest', 'logs.jsonl', '--json');
      expect(JSON.parse(backtest.output)).toEqual({
        events: 1,
        rules: { failures: { matched: 1, alerts: 1, messages: 1 } },
        channels: { security: { alerts: 1, messages: 1 } },
      });
      expect(await run('alert-router', 'vlidate')).toMatchObject({ code: 2 });
      const schema = await readFile(
        join(folder, 'node_modules/auth0-alert-router/rules.schema.json'),
        'utf8',
      );
      expect(JSON.parse((await run('alert-router', 'schema')).output)).toEqual(JSON.parse(schema));
    },
    minutes,
  );

  it(
    'serves, and takes what send posts',
    async () => {
      await writeFile(
        join(folder, 'rules.yaml'),
        'version: 1\nchannels: { local: { console: true } }\nrules: [{ id: failures, match: { types: [fu] } }]\n',
      );
      await writeFile(
        join(folder, 'logs.jsonl'),
        '{"type":"fu","log_id":"a","description":"Sent by hand"}\n',
      );
      // npx does not pass signals on.
      service = SpawnedProgram.start(folder, process.execPath, ['node_modules/.bin/alert-router', 'serve'], {
        HOST: '127.0.0.1',
        PORT: '0',
        AUTH0_LOG_STREAM_TOKEN: 'token',
      });
      const url = await service.url();
      expect(await (await fetch(`${url}/docs`)).text()).toContain('/admin/deliveries/{id}/replay');
      expect(await run('alert-router', 'send', 'logs.jsonl', '--url', url)).toMatchObject({ code: 1 });
      expect(await run('alert-router', 'send', 'logs.jsonl', '--url', url, '--token', 'token')).toMatchObject(
        {
          code: 0,
          output: expect.stringContaining('sent 1 events'),
        },
      );
      await service.until('the alert', (output) => /Sent by hand/.exec(output)?.[0]);
      service.kill('SIGTERM');
      expect(await service.exit()).toEqual({ code: 0, signal: null });
    },
    minutes,
  );

  it(
    'starts by npm start without a build',
    async () => {
      const inside = join(folder, 'node_modules/auth0-alert-router');
      service = SpawnedProgram.start(inside, 'npm', ['start'], {
        HOST: '127.0.0.1',
        PORT: '0',
        DATABASE_URL: `sqlite:${join(folder, 'started.db')}`,
      });
      expect((await fetch(`${await service.url()}/healthz`)).status).toBe(200);
      service.kill('SIGTERM');
      await service.exit();
    },
    minutes,
  );

  it(
    'says by npm start what to do when it was not built and can’t be',
    async () => {
      const inside = join(folder, 'node_modules/auth0-alert-router');
      await rename(join(inside, 'dist'), join(inside, 'dist-away'));
      const program = SpawnedProgram.start(inside, 'npm', ['start']);
      expect((await program.exit()).code).toBe(1);
      expect(program.output).toContain('The router is not built');
    },
    minutes,
  );
});
