import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SpawnedProgram } from '../support/spawned-program.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Rules for these types, whose test on line 6 wants so many alerts of an `fu`. */
function rules(types: string, alerts = 1): string {
  return `version: 1
channels: { local: { console: true } }
rules:
  - id: failures
    match: { types: [${types}] }
    tests: [{ name: a failure, events: [{ type: fu }], expect: { alerts: ${alerts} } }]
`;
}

describe('a reload of the built service, which reads the rules in a process of its own', () => {
  let folder: string;
  let router: SpawnedProgram;
  let url: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-aside-'));
    await writeFile(join(folder, 'rules.yaml'), rules('fu'));
    router = SpawnedProgram.start(folder, process.execPath, [main], {
      HOST: '127.0.0.1',
      PORT: '0',
      AUTH0_LOG_STREAM_TOKEN: 'token',
      ADMIN_TOKEN: 'admin',
      WATCH_RULES: 'false',
      RULES_REQUIRE_TESTS: 'true',
    });
    url = await router.url();
  });

  afterEach(async () => {
    await router.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  const admin = (path: string, body?: object): Promise<Response> =>
    fetch(`${url}/admin/${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer admin', 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    });

  async function statusOf(type: string): Promise<number> {
    const response = await fetch(`${url}/api/logs`, {
      method: 'POST',
      headers: { authorization: 'token' },
      body: JSON.stringify([{ type }]),
    });
    return response.status;
  }

  it('puts good rules in force', async () => {
    expect(await statusOf('fp')).toBe(204);
    await writeFile(join(folder, 'rules.yaml'), rules('fu, fp'));
    const reloaded = await admin('rules/reload');
    expect(reloaded.status).toBe(200);
    expect(await reloaded.json()).toMatchObject({ changed: ['failures'] });
    expect(await statusOf('fp')).toBe(200);
  });

  it.each([
    ['a fault', rules('fu').replace('types:', 'tpyes:'), { code: 'unknown-key', line: 5, column: 14 }],
    ['a test that fails', rules('fu', 2), { code: 'failing-test', line: 6, column: 13 }],
  ])('says where rules with %s are wrong, and keeps the old ones', async (_case, text, problem) => {
    await writeFile(join(folder, 'rules.yaml'), text);
    const refused = await admin('rules/reload');
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ errors: [problem] });
    expect(await statusOf('fu')).toBe(200);
  });

  it('refuses rules that take too much to read, and goes on meanwhile', async () => {
    // Three million values, which take more memory or time than a reload may.
    const long = `${rules('fu, fp')}lists: { long: [${'1,'.repeat(3_000_000)}1] }\n`;
    await writeFile(join(folder, 'rules.yaml'), long);
    let over = false;
    const reload = admin('rules/reload').finally(() => (over = true));
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await statusOf('fu')).toBe(200);
    expect(over).toBe(false);
    const refused = await reload;
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ errors: [{ code: 'limit-exceeded' }] });
    expect(await statusOf('fu')).toBe(200);
    expect(await statusOf('fp')).toBe(204);
  }, 90_000);

  it('stops while rules are read, and reports no fault', async () => {
    await writeFile(join(folder, 'rules.yaml'), `${rules('fu')}lists: { l: [${'1,'.repeat(3_000_000)}1] }\n`);
    const reload = admin('rules/reload').catch(() => undefined);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    router.kill('SIGTERM');
    expect(await router.exit()).toEqual({ code: 0, signal: null });
    await reload;
    expect(router.output).not.toContain('not valid');
  });

  it('explains rules that are sent along', async () => {
    const explained = await admin('rules/explain', { events: [{ type: 'fp' }], rules: rules('fp', 5) });
    expect(await explained.json()).toMatchObject({ alerts: [{ rule: 'failures' }] });
  });
});
