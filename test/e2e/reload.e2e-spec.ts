import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { RunningApp } from '../support/running-app.js';
import { SpawnedProgram } from '../support/spawned-program.js';
import { FakeSlack } from '../support/fake-slack.js';

const rulesFor = (...types: readonly string[]): string => `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
ops: { channel: hook }
rules:
${types.map((type) => `  - { id: rule-${type}, match: { types: [${type}] } }`).join('\n')}
`;
const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const broken = rulesFor('f').replace('types:', 'typs:');

/** How many of them follow each other without a pause. */
const reloads = Number(process.env['RELOADS'] ?? 1000);

describe('a reload', () => {
  let slack: FakeSlack;
  let app: RunningApp;

  beforeEach(async () => {
    slack = await FakeSlack.start();
  });

  afterEach(async () => {
    await slack.close();
    await app.close();
  });

  const start = async (environment: Record<string, string> = {}): Promise<void> => {
    app = await RunningApp.start(rulesFor('f'), {
      SLACK_WEBHOOK_URL: slack.webhookUrl('hook'),
      SLACK_RATE: '1000',
      SLACK_BURST: '1000',
      WATCH_RULES: 'false',
      ...environment,
    });
  };
  const ids = async (): Promise<string> => {
    const { items } = (await (await app.admin('rules')).json()) as { items: { id: string }[] };
    return items.map(({ id }) => id).join();
  };
  const becomes = async (expected: string): Promise<void> => {
    const deadline = Date.now() + 10_000;
    while ((await ids()) !== expected) {
      if (Date.now() > deadline) throw new Error(`the rules stayed ${await ids()}`);
      await pause(50);
    }
  };
  const reload = (query = ''): Promise<Response> => app.admin(`rules/reload${query}`, { method: 'POST' });

  it('says what was added, removed and changed; a dry run changes nothing', async () => {
    await start();
    await app.writeRules(rulesFor('f', 's'));
    const dry = await reload('?dryRun=true');
    expect([dry.status, await dry.json()]).toMatchObject([
      200,
      { rules: 2, added: ['rule-s'], removed: [], changed: [] },
    ]);
    expect(await ids()).toBe('rule-f');
    expect(await (await reload()).json()).toMatchObject({ rules: 2, added: ['rule-s'] });
    expect(await ids()).toBe('rule-f,rule-s');
    await app.writeRules(rulesFor('s').replace('match', 'severity: high, match'));
    expect(await (await reload()).json()).toMatchObject({
      added: [],
      removed: ['rule-f'],
      changed: ['rule-s'],
    });
  });

  it('with a bad file leaves the old rules matching, and says so everywhere', async () => {
    await start();
    await app.writeRules(broken);
    const answer = await reload();
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      errors: [
        expect.objectContaining({
          code: 'unknown-key',
          line: 6,
          hint: expect.stringContaining('types') as string,
        }),
      ],
    });
    const [notice] = await slack.waitFor(1);
    expect(slack.textOf(notice!)).toContain('typs');
    expect(await (await fetch(`${app.url}/metrics`)).text()).toContain(
      'alert_router_rules_last_reload_successful 0',
    );
    const up = { status: 'up' };
    const down = { status: 'down' };
    const ready = await fetch(`${app.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      status: 'ok',
      info: { database: up, rules: up },
      error: { reload: down },
      details: { database: up, rules: up, reload: down },
    });
    expect(await (await app.admin('status')).json()).toMatchObject({
      ok: false,
      database: { ok: true, since: null },
      rules: {
        ok: false,
        since: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        rules: 1,
        errors: [{ code: 'unknown-key', line: 6 }],
      },
    });

    expect((await app.send([{ type: 'f', log_id: 'a' }])).status).toBe(200);
    await slack.waitFor(2);
    await app.writeRules(rulesFor('f'));
    await reload();
    expect(await (await fetch(`${app.url}/metrics`)).text()).toContain(
      'alert_router_rules_last_reload_successful 1',
    );
    const mended = (await slack.waitFor(3)).map((message) => slack.textOf(message))[2];
    expect(mended).toMatch(/The rules file is valid again[^]*It was not since .*1 rule is in force/);
    // The next load that is good has mended nothing.
    await app.writeRules(rulesFor('f', 's'));
    await reload();
    expect((await app.send([{ type: 's', log_id: 'b' }])).status).toBe(200);
    expect(slack.textOf((await slack.waitFor(4))[3]!)).not.toContain('valid again');
  });

  it('follows a file that is written, renamed over, or swapped by a symbolic link', async () => {
    await start({ WATCH_RULES: 'true' });
    const file = join(app.folder, 'rules.yaml');
    await app.writeRules(rulesFor('s'));
    await becomes('rule-s');
    await writeFile(`${file}.new`, rulesFor('w'));
    await rename(`${file}.new`, file);
    await becomes('rule-w');

    // The way Kubernetes mounts a ConfigMap: rules.yaml -> ..data/rules.yaml, and ..data -> a folder that is swapped.
    for (const type of ['fp', 'fu']) {
      await mkdir(join(app.folder, `..${type}`));
      await writeFile(join(app.folder, `..${type}`, 'rules.yaml'), rulesFor(type));
    }
    await symlink('..fp', join(app.folder, '..data'));
    await rm(file);
    await symlink('..data/rules.yaml', file);
    await becomes('rule-fp');
    await symlink('..fu', join(app.folder, '..next'));
    await rename(join(app.folder, '..next'), join(app.folder, '..data'));
    await becomes('rule-fu');
  });

  it('happens on SIGHUP', async () => {
    await start();
    // A process of its own on the same rules: a signal to this one would end the tests.
    const router = SpawnedProgram.start(app.folder, process.execPath, [main], {
      HOST: '127.0.0.1',
      PORT: '0',
      AUTH0_LOG_STREAM_TOKEN: 'token',
      DATABASE_URL: 'sqlite:other.db',
      SLACK_WEBHOOK_URL: slack.webhookUrl('hook'),
      WATCH_RULES: 'false',
    });
    try {
      await router.url();
      await app.writeRules(rulesFor('s', 'w'));
      router.kill('SIGHUP');
      await router.until('the reload', (output) => /rules reloaded: 2 in force/.exec(output)?.[0]);
    } finally {
      await router.destroy();
    }
  });

  it(`${reloads} times while batches stream in, loses no event and doubles none`, async () => {
    await start({ SLACK_RATE: '1', SLACK_BURST: '3' });
    let sent = 0;
    const all = { done: false };
    const sender = (async () => {
      while (!all.done) {
        const batch = [0, 1, 2].map((index) => ({ type: 'f', log_id: `event-${sent + index}` }));
        expect((await app.send(batch)).status).toBe(200);
        sent += batch.length;
      }
    })();
    for (let count = 0; count < reloads; count++) {
      if (count % 100 === 0) await app.writeRules(rulesFor('f', ...(count % 200 === 0 ? ['s'] : [])));
      expect((await reload()).status).toBe(200);
    }
    all.done = true;
    await sender;
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page = (await (
        await app.admin(`alerts?limit=1000${next === '' ? '' : `&cursor=${next}`}`)
      ).json()) as {
        items: { logIds: string[] }[];
        next: string | null;
      };
      seen.push(...page.items.flatMap(({ logIds }) => logIds));
      ({ next } = page);
    }
    expect(seen.length).toBe(sent);
    expect(new Set(seen).size).toBe(sent);
  }, 180_000);
});
