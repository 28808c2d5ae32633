import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { emptyPostgres, type EmptyDatabase } from '../support/databases.js';
import { SpawnedProgram } from '../support/spawned-program.js';
import { FakeSlack } from '../support/fake-slack.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const minute = 60_000;

/** One for every place that holds a secret. None is part of another, or of anything that is no secret. */
const secrets = {
  stream: 'qStream1-7f3a9c',
  rotated: 'qStream2-8e4b0d',
  admin: 'qAdmin-1d5e2f',
  bot: 'xoxb-9090-8080-qBot4c6d',
  signing: 'qSigning-3b7a1e',
  app: 'xapp-1-qApp-5e8d2b',
  webhook: 'qWebhook5f8c',
  team: 'qTeam6a9d',
  literal: 'qLiteral7b0e',
  proxied: 'qProxied8c1f',
  ops: 'qOps9d2a',
  proxy: 'qProxy-0e3b',
  database: 'qDatabase-1f4c',
  reloaded: 'qReloaded2a5d',
};

/** Rules whose faults stand where the secret is, or that have it in a place where it does not belong. */
const badRules = [
  `channels: { a: https://example.com/h/${secrets.reloaded} }`,
  `channels: { a: { slack: { token: xoxb-1-${secrets.reloaded} } } }`,
  `channels: { a: { slack: xoxb-1-${secrets.reloaded} } }`,
  `channels: { a: { webhook: https://example.com/h/${secrets.reloaded} } }`,
  `channels:\n  a: { webhook: "https://example.com/h/${secrets.reloaded} }`,
  `channels:\n  a:\n    webhook: ${secrets.reloaded}: x`,
  `ops: { channel: https://example.com/h/${secrets.reloaded} }`,
  `rules: [{ id: r, match: {}, channels: [https://example.com/h/${secrets.reloaded}] }]`,
  "channels: { a: { webhook: 'https://hooks.slack.com/${ADMIN_TOKEN}' } }",
].map((lines) => `version: 1\n${lines}\n`);

describe('the secrets that the router was given', () => {
  let folder: string;
  let slack: FakeSlack;
  let database: EmptyDatabase;
  let programs: SpawnedProgram[];
  let answers: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-secrets-'));
    slack = await FakeSlack.start();
    database = await emptyPostgres();
    programs = [];
    answers = [];
  }, minute);

  afterEach(async () => {
    for (const program of programs) await program.destroy();
    await slack.close();
    await database.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const goodRules = (): string => `
version: 1
channels:
  hook: { webhook: '\${SLACK_WEBHOOK_URL}' }
  team: { webhook: '\${TEAM_HOOK}' }
  literal: { webhook: '${slack.webhookUrl(secrets.literal)}' }
  proxied: { webhook: https://hooks.slack.com/services/${secrets.proxied} }
  bot: { slack: C0123456789 }
  ops: { webhook: '\${OPS_HOOK}' }
ops: { channel: ops }
rules:
  - { id: to-hook, match: { types: [fp] }, channels: [hook] }
  - { id: to-team, match: { types: [fu] }, channels: [team] }
  - { id: to-literal, match: { types: [f] }, channels: [literal] }
  - { id: to-proxied, match: { types: [s] }, channels: [proxied] }
  - { id: to-bot, match: { types: [w] }, channels: [bot] }
`;

  async function start(rules: string, changed: Record<string, string> = {}): Promise<SpawnedProgram> {
    const file = join(folder, `rules-${programs.length}.yaml`);
    await writeFile(file, rules);
    const url = new URL(database.url);
    url.password = secrets.database;
    const program = SpawnedProgram.start(root, process.execPath, ['dist/main.js'], {
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'verbose',
      WATCH_RULES: 'false',
      RULES_FILE: file,
      DATABASE_URL: url.href,
      AUTH0_LOG_STREAM_TOKEN: `${secrets.stream},${secrets.rotated}`,
      ADMIN_TOKEN: secrets.admin,
      SLACK_BOT_TOKEN: secrets.bot,
      SLACK_SIGNING_SECRET: secrets.signing,
      SLACK_APP_TOKEN: secrets.app,
      SLACK_API_URL: slack.apiUrl(),
      SLACK_WEBHOOK_URL: slack.webhookUrl(secrets.webhook),
      TEAM_HOOK: slack.webhookUrl(secrets.team),
      OPS_HOOK: slack.webhookUrl(secrets.ops),
      SLACK_TIMEOUT: '2s',
      SLACK_RATE: '1000',
      SLACK_BURST: '1000',
      HTTPS_PROXY: `http://user:${secrets.proxy}@127.0.0.1:9`,
      https_proxy: `http://user:${secrets.proxy}@127.0.0.1:9`,
      NO_PROXY: '127.0.0.1',
      no_proxy: '127.0.0.1',
      ...changed,
    });
    programs.push(program);
    return program;
  }

  /** Keeps the whole answer. */
  async function ask(url: string, init: RequestInit = {}): Promise<{ status: number; text: string }> {
    const response = await fetch(url, init);
    const text = await response.text();
    answers.push(JSON.stringify([...response.headers]), text);
    return { status: response.status, text };
  }

  /** Nothing that can be read from outside may hold a secret, however a URL writes it. */
  function expectNoSecret(): void {
    const reported = {
      answers: answers.join('\n'),
      output: programs.map(({ output }) => output).join('\n'),
      slack: JSON.stringify(slack.messages.map(({ body }) => body)),
    };
    const found = Object.entries(reported).flatMap(([where, text]) =>
      Object.entries(secrets)
        .filter(([, secret]) => text.includes(secret) || text.includes(encodeURIComponent(secret)))
        .map(([name]) => `${name} in ${where}`),
    );
    expect(found).toEqual([]);
  }

  it(
    'stand in no answer, log line, metric or message, whatever fails',
    async () => {
      const echo = slack.webhookUrl(secrets.webhook);
      slack.answerNext(
        { kind: 'status', status: 400, body: 'invalid_blocks' },
        2,
        `/services/${secrets.webhook}`,
      );
      slack.answerNext({ kind: 'status', status: 404, body: 'no_service' }, 50, `/services/${secrets.team}`);
      slack.answerNext(
        { kind: 'status', status: 302, body: echo, headers: { location: echo } },
        50,
        `/services/${secrets.literal}`,
      );
      slack.answerNext(
        { kind: 'status', status: 200, body: { ok: false, error: 'invalid_auth' } },
        50,
        'C0123456789',
      );

      const router = await start(goodRules());
      const url = await router.url();
      const admin = { authorization: `Bearer ${secrets.admin}` };
      const json = { 'content-type': 'application/json' };
      const post = (path: string, headers: Record<string, string>, body: unknown) =>
        ask(url + path, {
          method: 'POST',
          headers: { ...json, ...headers },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        });
      const logs = { authorization: secrets.stream };

      // Who may not come in, and what can't be read.
      for (const path of ['/api/logs', '/admin/rules/explain', '/slack/interactions', '/nope'])
        for (const authorization of ['', 'wrong', `Basic ${secrets.bot}`])
          await post(path, { authorization }, '{');
      for (const body of ['{', '"x"', '[1]', '{"logs":1}']) await post('/api/logs', logs, body);
      for (const body of ['{', '{"events":[]}', '{"events":[{}],"more":1}'])
        await post('/admin/rules/explain', admin, body);

      const taken = ['fp', 'fu', 'f', 's', 'w'].map((type) => ({
        type,
        log_id: type,
        description: `An ${type}`,
      }));
      expect((await post('/api/logs', logs, taken)).status).toBe(200);

      // Rules that are bad on disk, and the same as a text.
      for (const rules of badRules) {
        await writeFile(join(folder, 'rules-0.yaml'), rules);
        expect((await post('/admin/rules/reload', admin, '{}')).status).toBe(422);
        expect((await post('/admin/rules/explain', admin, { events: taken, rules })).status).toBe(422);
        await ask(`${url}/readyz`);
        await ask(`${url}/admin/status`, { headers: admin });
      }

      await until(async () => {
        const dead = (await ask(`${url}/admin/deliveries?status=dead`, { headers: admin })).text;
        const status = (await ask(`${url}/admin/status`, { headers: admin })).text;
        return (
          dead.includes('"channel":"hook"') &&
          ['team', 'bot', 'proxied'].every((name) => status.includes(`"name":"${name}"`))
        );
      });

      // A database that takes nothing.
      const client = new Client({ connectionString: database.url });
      await client.connect();
      await client.query('alter table alerts rename to away');
      expect((await post('/api/logs', logs, [{ type: 'fp', log_id: 'later' }])).status).toBe(503);
      await ask(`${url}/admin/alerts`, { headers: admin });
      await client.query('alter table away rename to alerts');
      await client.end();

      for (const path of ['alerts', 'deliveries', 'channels', 'rules', 'silences', 'status', 'nope'])
        await ask(`${url}/admin/${path}`, { headers: admin });
      for (const path of ['healthz', 'readyz', 'metrics', 'docs-json']) await ask(`${url}/${path}`);
      await until(() =>
        Promise.resolve(slack.messages.some((message) => slack.textOf(message).includes('paused'))),
      );

      router.kill('SIGTERM');
      expect(await router.exit()).toEqual({ code: 0, signal: null });
      expect(router.output).toContain('Channel hook: Slack webhook at 127.0.0.1');
      expectNoSecret();
    },
    3 * minute,
  );

  it(
    'stand in nothing that a start says which is refused',
    async () => {
      const refused = [
        await start(badRules[0] as string),
        await start(goodRules(), { TEAM_HOOK: secrets.team }),
        await start(goodRules(), {
          SLACK_WEBHOOK_URL: secrets.webhook,
          SLACK_API_URL: `ftp://${secrets.bot}/`,
        }),
        await start(goodRules(), { DATABASE_URL: `postgres://user:${secrets.database}@127.0.0.1:port/db` }),
        await start(goodRules(), { DATABASE_URL: `mysql://user:${secrets.database}@127.0.0.1/db` }),
        await start(goodRules(), { ADMIN_TOKEN: '', ADMIN_TOKEN_FILE: secrets.admin }),
      ];
      for (const program of refused) expect((await program.exit()).code).toBe(1);
      expectNoSecret();
    },
    3 * minute,
  );
});

/** Asks again every 50 ms, and gives up after a minute. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + minute;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it never came to that');
    await wait(50);
  }
}
