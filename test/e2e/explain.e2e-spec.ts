import { RunningApp } from '../support/running-app.js';

const rules = `
version: 1
channels: { local: { console: true } }
lists: { trusted: [203.0.113.0/24] }
rules:
  - id: outside
    name: Login from outside
    match:
      types: [s]
      fields: { ip: { not: { inList: trusted } }, details.stats.loginsCount: { gte: 3 } }
  - id: where
    match:
      where: { any: [{ fact: details, path: $.error.message, operator: contains, value: boom }] }
  - id: last
    match: { types: [s], except: { fields: { user_name: admin } } }
    throttle: { every: 1h, by: [ip] }
    stop: true
  - id: never-seen
    match: { types: [w, s] }
`;

interface Explained {
  readonly results: readonly { readonly logId: string; readonly rules: readonly Record<string, unknown>[] }[];
  readonly alerts: readonly {
    readonly rule: string;
    readonly channels: string[];
    readonly title: string;
    readonly payload: object;
  }[];
}

const event = (id: string, data: object) => ({
  log_id: id,
  data: { type: 's', date: '2026-11-20T09:00:00Z', ...data },
});

/** An event nested so many levels deep, made without recursion. */
function nested(levels: number): object {
  let value: object = {};
  for (let level = 0; level < levels; level++) value = { a: value };
  return event('deep', { details: value });
}

describe('POST /admin/rules/explain', () => {
  let app: RunningApp;

  beforeAll(async () => {
    app = await RunningApp.start(rules);
  });

  afterAll(() => app.close());

  const explain = (body: unknown): Promise<Response> =>
    app.admin('rules/explain', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('says for each event and rule what decided', async () => {
    const answer = await explain({
      events: [
        event('a', { ip: '198.51.100.1', details: { stats: { loginsCount: 2 } } }),
        event('b', { ip: '198.51.100.1', user_name: 'admin' }),
        event('c', { ip: '198.51.100.1', details: { stats: { loginsCount: 5 } } }),
        event('a', { ip: '198.51.100.1' }),
      ],
    });
    expect(answer.status).toBe(200);
    const { results, alerts } = (await answer.json()) as Explained;
    const [a, b, c, again] = results.map((result) => result.rules);
    expect(a).toEqual([
      {
        id: 'outside',
        matched: false,
        decision: 'none',
        reason: 'not matched',
        failed: 'details.stats.loginsCount: {"gte":3}',
        value: 2,
      },
      {
        id: 'where',
        matched: false,
        decision: 'none',
        reason: 'not matched',
        failed: 'details $.error.message contains "boom"',
      },
      { id: 'last', matched: true, decision: 'sent', reason: 'sent' },
      {
        id: 'never-seen',
        matched: false,
        decision: 'none',
        reason: 'stopped',
        failed: 'the rule last stops the event',
      },
    ]);
    expect(b?.[2]).toEqual({
      id: 'last',
      matched: false,
      decision: 'none',
      reason: 'not matched',
      failed: 'not (user_name: "admin")',
      value: 'admin',
    });
    expect(c?.map(({ reason }) => reason)).toEqual(['sent', 'not matched', 'throttled', 'stopped']);
    expect(again?.[2]).toMatchObject({ matched: true, decision: 'suppressed', reason: 'duplicate' });
    expect(alerts.map(({ rule, channels }) => [rule, channels])).toEqual([
      ['last', ['local']],
      ['never-seen', ['local']],
      ['outside', ['local']],
    ]);
    expect(alerts[0]?.payload).toHaveProperty('text');
  });

  it('takes 500 events, and one that is nested 2,000 levels deep', async () => {
    const many = await explain({ events: Array.from({ length: 500 }, (_, index) => event(`m${index}`, {})) });
    expect(((await many.json()) as Explained).results).toHaveLength(500);
    const deep = await explain({ events: [nested(2_000)] });
    expect(deep.status).toBe(200);
    expect(((await deep.json()) as Explained).alerts.map(({ rule }) => rule)).toContain('last');
  });

  it('leaves events as they were sent', async () => {
    const answer = await explain({
      events: [event('c', { constructor: 'a', prototype: 'b' })],
      rules: `version: 1
channels: { local: { console: true } }
rules: [{ id: all, match: { fields: { constructor: a, prototype: b } } }]
`,
    });
    expect(((await answer.json()) as Explained).alerts).toHaveLength(1);
  });

  it('explains by the rules in force, whatever the disk says by then', async () => {
    await app.writeRules('version: 2');
    const answer = await explain({ events: [event('r', { ip: '203.0.113.9' })] });
    await app.writeRules(rules);
    expect(answer.status).toBe(200);
  });

  it('tries rules that were sent along, and stores and sends nothing', async () => {
    const other = 'version: 1\nchannels: { local: { console: true } }\nrules: [{ id: all, match: {} }]\n';
    const { alerts } = (await (
      await explain({ events: [event('x', {})], rules: other })
    ).json()) as Explained;
    expect(alerts.map(({ rule }) => rule)).toEqual(['all']);
    expect(((await (await app.admin('alerts')).json()) as { items: object[] }).items).toEqual([]);
    expect((await app.send([event('x', {})])).status).toBe(200);
  });

  it('takes variables in such rules for unset, and needs none', async () => {
    const other = `version: 1\nchannels: { hook: { webhook: '\${PATH}' } }\nrules: [{ id: all, match: {}, channels: [hook] }]\n`;
    const answer = await explain({ events: [event('x', {})], rules: other });
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toContain(process.env['PATH']);
  });

  it.each([
    ['include: [rules.yaml]', 'a text that is posted to the router names no files'],
    ['lists: { a: { file: rules.yaml } }', 'a text that is posted to the router names no files'],
    [
      "channels: { hook: { webhook: 'https://example.com/${ADMIN_TOKEN}' } }",
      'ADMIN_TOKEN is a setting of the router',
    ],
  ])('lets such rules reach nothing else: %s', async (line, message) => {
    const answer = await explain({
      events: [event('x', {})],
      rules: `version: 1\n${line}\nrules: [{ id: all }]\n`,
    });
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(text).toContain(message);
    expect(text).not.toContain('admin-token');
  });

  it.each([
    ['no events', {}, 400],
    ['an unknown key', { events: [{ type: 's' }], rulez: '' }, 400],
    ['more than 500 events', { events: Array.from({ length: 501 }, () => ({ type: 's' })) }, 400],
    ['a list in place of a body', [], 400],
    ['what is nested too deeply', `{"events":[${'['.repeat(500_000)}${']'.repeat(500_000)}]}`, 422],
    ['rules with an error', { events: [{ type: 's' }], rules: 'version: 1\nrules: [{ id: A }]' }, 422],
  ])('refuses %s', async (_case, body, status) => {
    const answer = await explain(body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});
