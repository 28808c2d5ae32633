import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SpawnedProgram } from '../support/spawned-program.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const rules = `version: 1
channels:
  security: { webhook: '\${SLACK_WEBHOOK_URL:-}' }
  iam: { slack: C0123456789 }
defaults: { channels: [security] }
rules:
  - { id: failures, match: { types: [f] } }
  - { id: limits, match: { types: ['limit_*'] } }
`;

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Record<string, Operation>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, { readonly properties: Record<string, unknown> }>>;
  };
}

describe('node dist/main.js', () => {
  let folder: string;
  let router: SpawnedProgram;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-start-'));
    await writeFile(join(folder, 'rules.yaml'), rules);
  });

  afterEach(async () => {
    await router.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  /** Starts it with every setting at its default but for the port. */
  function start(environment: Record<string, string> = {}): void {
    router = SpawnedProgram.start(folder, process.execPath, [main], {
      HOST: '127.0.0.1',
      PORT: '0',
      ...environment,
    });
  }

  it('says where it listens, what it loaded, and where alerts go', async () => {
    start({ AUTH0_LOG_STREAM_TOKEN: 'token' });
    await router.until('its channels', (output) => /Channel iam/.exec(output)?.[0]);
    expect(router.output).toMatch(/^Listening on http:\/\/localhost:\d+$/m);
    expect(router.output).toMatch(/^Rules: 2 from rules\.yaml \(failures, limits\)$/m);
    expect(router.output).toMatch(/^Channel security: this console /m);
    expect(router.output).toMatch(/^Channel iam: Slack channel C0123456789$/m);
    expect(router.output).not.toContain('curl');
  });

  it('without a token prints a call that works as it is pasted, and raises an alert', async () => {
    start();
    const pasted = await router.until(
      'a call to paste',
      (output) => /^(curl [\s\S]+?\/api\/logs)\n/m.exec(output)?.[1],
    );
    const shell = SpawnedProgram.start(folder, 'sh', ['-c', `${pasted} --silent --show-error`]);
    expect(await shell.exit()).toEqual({ code: 0, signal: null });
    expect(shell.output).toBe('ok');
    await router.until('the alert', (output) => /^\[MEDIUM\] Test failure/m.exec(output)?.[0]);
  });

  it('serves its documentation', async () => {
    start();
    const url = await router.url();
    const types = {
      docs: 'text/html',
      'docs/': 'text/html',
      'docs/style.css': 'text/css',
      'docs-yaml': 'text/yaml',
    };
    for (const [page, type] of Object.entries(types)) {
      const answer = await fetch(`${url}/${page}`);
      expect([page, answer.status, answer.headers.get('content-type')]).toEqual([
        page,
        200,
        `${type}; charset=utf-8`,
      ]);
    }
    const missing = await fetch(`${url}/docs/nothing`);
    expect(missing.status).toBe(404);
    expect(missing.headers.get('content-type')).toMatch('application/problem+json');

    const { paths, components } = (await (await fetch(`${url}/docs-json`)).json()) as OpenApi;
    expect(paths['/api/logs']?.['post']).toMatchObject({
      tags: ['events'],
      security: [{ 'log-stream': [] }],
    });
    expect(paths['/metrics']?.['get']?.summary).toMatch('for Prometheus');
    expect(components.schemas['RuleView']?.properties['channels']).toEqual({
      description: 'A Liquid name is shown as it is written.',
      type: 'array',
      items: { type: 'string' },
    });

    const page = await (await fetch(`${url}/docs`)).text();
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    for (const [path, operations] of Object.entries(paths))
      for (const { operationId } of Object.values(operations))
        expect([path, ids]).toEqual([path, expect.arrayContaining([operationId])]);
    for (const name of Object.keys(components.schemas)) expect(ids).toContain(`schema-${name}`);
    for (const [, target] of page.matchAll(/ href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it('serves a page of documentation that runs no script and asks no other host', async () => {
    start();
    const page = await (await fetch(`${await router.url()}/docs`)).text();
    expect(page).not.toMatch(/<script|<style|javascript:| on\w+=| style=|src=/i);
    const references = [...page.matchAll(/ href="([^"#][^"]*)"/g)].map(([, reference]) => reference);
    expect(new Set(references)).toEqual(new Set(['docs/style.css', 'docs-json', 'docs-yaml']));
  });

  it('in production serves its documentation to operators alone', async () => {
    const token = 'an-admin-token-for-production';
    const SLACK_WEBHOOK_URL = 'https://hooks.slack.com/services/T0/B0/x';
    start({ NODE_ENV: 'production', AUTH0_LOG_STREAM_TOKEN: 'token', ADMIN_TOKEN: token, SLACK_WEBHOOK_URL });
    const url = await router.url();
    for (const page of ['docs', 'docs/', 'docs-json', 'docs-yaml']) {
      const answer = async (headers: Record<string, string>): Promise<number> =>
        (await fetch(`${url}/${page}`, { headers })).status;
      expect([page, await answer({})]).toEqual([page, 401]);
      expect([page, await answer({ authorization: `Bearer ${token}` })]).toEqual([page, 200]);
    }
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends on %s with 0', async (signal) => {
    start();
    await router.url();
    router.kill(signal);
    expect(await router.exit()).toEqual({ code: 0, signal: null });
  });

  it('refuses settings that are not valid, with all of them in one list', async () => {
    start({ PORT: 'http', LOG_LEVEL: 'loud', SLACK_WEBHOOK_URL: 'hooks.slack.com' });
    expect(await router.exit()).toEqual({ code: 1, signal: null });
    const [heading, ...lines] = router.output.trimEnd().split('\n');
    expect(heading).toBe('The settings are not valid:');
    expect(lines.map((line) => line.split(' must be ')[0])).toEqual([
      '  - PORT',
      '  - SLACK_WEBHOOK_URL',
      '  - LOG_LEVEL',
    ]);
  });

  it('refuses to be in production without a token', async () => {
    start({ NODE_ENV: 'production' });
    expect(await router.exit()).toEqual({ code: 1, signal: null });
    expect(router.output).toContain('AUTH0_LOG_STREAM_TOKEN is not set');
    expect(router.output).not.toContain('curl');
  });

  it('refuses rules that are not valid, and says in which file, line and column', async () => {
    await writeFile(
      join(folder, 'rules.yaml'),
      rules.replace('types: [f]', 'types: ["/(/"]').replace('match', 'macth'),
    );
    start();
    expect(await router.exit()).toEqual({ code: 1, signal: null });
    expect(router.output).toMatch(/^The rules file is not valid:$/m);
    expect(router.output).toMatch(/^ {2}rules\.yaml:7:\d+ .*macth/m);
  });
});
