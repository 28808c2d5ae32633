import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CountingIds } from '../../test/support/counting-ids.js';
import { loadRules } from '../rules/load-rules.js';
import { requireTests, runRuleTests, type TestResult } from './rule-tests.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alert-router-tests-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function load(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return loadRules(join(folder, 'rules.yaml'), {});
}

async function run(files: Record<string, string>): Promise<TestResult[]> {
  const loaded = await load(files);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return runRuleTests(await loaded.testSuites(), new CountingIds());
}

/** A file with one rule, whose first line is line 5, and whose one test is line 7. */
function ruleWith(keys: string, test: string): Record<string, string> {
  return {
    'rules.yaml': `version: 1
channels: { security: { console: true }, iam: { console: true } }
defaults: { channels: [security] }
rules:
  - { id: r, match: { types: [fu] }, ${keys}
      tests: [
        { name: a test, ${test} }] }
`,
  };
}

async function differences(keys: string, test: string): Promise<string[]> {
  const [result] = await run(ruleWith(keys, test));
  return (result as TestResult).differences.map(
    ({ what, expected, got }) => `${what}: ${JSON.stringify(expected)} ${JSON.stringify(got)}`,
  );
}

describe('runRuleTests', () => {
  const fu = '{ type: fu, user_name: ann, ip: 203.0.113.9 }';

  it.each([
    ['a match', '', `events: [${fu}], expect: { alerts: 1 }`],
    ['no match', '', `events: [{ type: fp }], expect: { alerts: 0 }`],
    ['an envelope', '', `events: [{ log_id: a, data: ${fu} }], expect: { alerts: 1 }`],
    [
      'channels, in any order',
      'channels: [iam, security],',
      `events: [${fu}], expect: { channels: [security, iam], alerts: 1 }`,
    ],
    [
      'a Liquid channel',
      "channels: ['{{ event.ip | slice: 0, 0 }}iam'],",
      `events: [${fu}], expect: { channels: [iam] }`,
    ],
    ['no channels', '', `events: [{ type: fp }], expect: { channels: [] }`],
    ['a title', '', `events: [{ type: fu, description: bad }], expect: { title: 'bad [type: fu]' }`],
    ['a text of a field', '', `events: [${fu}], expect: { contains: 'User: ann' }`],
    ['several texts', '', `events: [${fu}], expect: { contains: [ann, 203.0.113.9] }`],
    [
      'an event delivered twice',
      '',
      `events: [{ log_id: a, type: fu }, { log_id: a, type: fu }], expect: { alerts: 1, suppressed: { duplicate: 1 } }`,
    ],
    ['events of the same content', '', `events: [${fu}, ${fu}], expect: { alerts: 2, messages: 2 }`],
    [
      'a throttle',
      'throttle: { every: 1h, by: [ip] },',
      `events: [${fu}, ${fu}, { type: fu, ip: 203.0.113.9, at: +59m }], expect: { alerts: 1, suppressed: { throttled: 2 } }`,
    ],
    [
      'the end of a throttle',
      'throttle: { every: 1h, by: [ip] },',
      `events: [${fu}, ${fu}, { type: fu, ip: 203.0.113.9, at: +3610s }], expect: { alerts: 2, suppressed: { throttled: 1 } }`,
    ],
    [
      'what a throttle held back, reported at last',
      'throttle: { every: 1h, by: [ip] },',
      `events: [${fu}, ${fu}, ${fu}], until: +2h, expect: { alerts: 2 }`,
    ],
    [
      'a throttle before its end',
      'throttle: { every: 1h, by: [ip] },',
      `events: [${fu}, ${fu}], until: +1h, expect: { alerts: 1 }`,
    ],
    [
      'a group',
      'group: { by: [ip], wait: 1m },',
      `events: [${fu}, { type: fu, ip: 203.0.113.9, at: +59s }], expect: { alerts: 2, messages: 1 }`,
    ],
    [
      'a group that is closed',
      'group: { by: [ip], wait: 1m },',
      `events: [${fu}, { type: fu, ip: 203.0.113.9, at: +60s }], expect: { alerts: 2, messages: 2 }`,
    ],
    [
      'working hours, at noon of a Monday',
      'active: { days: [mon], from: "12:00", to: "12:01" },',
      `events: [${fu}, { type: fu, at: +1m }], expect: { alerts: 1, suppressed: { out of hours: 1 } }`,
    ],
    [
      'a date',
      'active: { days: [sun] },',
      `events: [{ type: fu, at: 2026-01-04 }, { type: fu, at: +23h }, { type: fu, at: +24h }], expect: { alerts: 2 }`,
    ],
    [
      "the event's own date",
      'active: { days: [sun] },',
      `events: [{ type: fu, date: '2026-01-04T00:00:00.000Z' }], expect: { alerts: 1 }`,
    ],
    [
      'an event after a later one',
      'active: { from: "12:05" },',
      `events: [{ type: fp, at: +5m }, { type: fu }], expect: { alerts: 1 }`,
    ],
  ])('passes on %s', async (_case, keys, test) => {
    expect(await differences(keys, test)).toEqual([]);
  });

  it.each([
    ['events: [{ type: fp }], expect: { alerts: 1 }', ['alerts: 1 0']],
    [`events: [${fu}, ${fu}], expect: { alerts: 1 }`, ['alerts: 1 2']],
    [`events: [${fu}], expect: { channels: [iam] }`, ['channels: ["iam"] ["security"]']],
    [`events: [${fu}], expect: { channels: [iam, security] }`, ['channels: ["iam","security"] ["security"]']],
    [`events: [{ type: fu, description: a }], expect: { title: a }`, ['title: "a" ["a [type: fu]"]']],
    [
      `events: [{ type: fu, description: a }], expect: { contains: [a, b] }`,
      ['contains: "b" ["a [type: fu]"]'],
    ],
    [`events: [${fu}], expect: { messages: 2 }`, ['messages: 2 1']],
    [
      `events: [${fu}], expect: { suppressed: { throttled: 1 } }`,
      ['suppressed: {"throttled":1} {"throttled":0}'],
    ],
    [
      `events: [{ type: fp }], expect: { alerts: 1, title: a, contains: b, channels: [iam] }`,
      ['alerts: 1 0', 'channels: ["iam"] []', 'title: "a" []', 'contains: "b" []'],
    ],
  ])('says what it got of %s', async (test, expected) => {
    expect(await differences('', test)).toEqual(expected);
  });

  it('says where a failing test stands, and why the rule did not match each event', async () => {
    const [result] = await run(
      ruleWith('', 'events: [{ type: fu, at: +1m }, { type: fp }], expect: { alerts: 2 }'),
    );
    expect(result).toMatchObject({
      rule: 'r',
      name: 'a test',
      passed: false,
      problem: {
        code: 'failing-test',
        line: 7,
        column: 9,
        message: 'the test "a test" fails: alerts: expected 2, got 1',
      },
      events: [
        { logId: 'test-1', type: 'fu', at: '2026-01-05T12:01:00.000Z', matched: true, decision: 'sent' },
        { logId: 'test-2', type: 'fp', at: '2026-01-05T12:01:00.000Z', matched: false, value: 'fp' },
      ],
    });
  });

  it('counts the alerts of its own rule only, and keeps the tests apart', async () => {
    const rule = (id: string, alerts: number) =>
      `  - { id: ${id}, match: { types: [fu] }, throttle: { every: 1h }, tests: [{ name: x, events: [${fu}], expect: { alerts: ${alerts} } }, { name: y, events: [${fu}], expect: { alerts: 1 } }] }\n`;
    const results = await run({
      'rules.yaml': `version: 1\nchannels: { security: { console: true } }\nrules:\n${rule('a', 1)}${rule('b', 2)}`,
    });
    expect(results.map(({ rule: id, name, passed }) => `${id} ${name} ${passed}`)).toEqual([
      'a x true',
      'a y true',
      'b x false',
      'b y true',
    ]);
  });

  it.each(['file: events.json', 'events: { file: events.json }'])(
    'takes events from a file: %s',
    async (events) => {
      const test = ruleWith('', `${events}, expect: { alerts: 2 }`);
      expect(await run({ ...test, 'events.json': '[{"type":"fu"},{"type":"fu","at":"+5m"}]' })).toMatchObject(
        [{ passed: true }],
      );
      expect(
        await run({ ...test, 'events.json': '{"type":"fu"}\n{"log_id":"a","data":{"type":"fu"}}' }),
      ).toMatchObject([{ passed: true }]);
    },
  );

  it.each([
    [undefined, 'unreadable-file', "can't be read"],
    ['{', 'unreadable-file', 'is not JSON'],
    ['[{"type":"fu"},{}]', 'unreadable-file', 'element 2 of events.json is not an event'],
  ])('reports a file of events that holds %j', async (text, code, words) => {
    const files = ruleWith('', 'file: events.json, expect: { alerts: 1 }');
    if (text !== undefined) files['events.json'] = text;
    expect(await run(files)).toMatchObject([
      { passed: false, problem: { code, line: 7, message: expect.stringContaining(words) } },
    ]);
  });

  describe('with an included file', () => {
    const pack = `
lists: { trusted: [192.0.2.1] }
templates: { default: { title: 'of the pack' } }
rules:
  - id: r
    match: { types: [fu], fields: { ip: { not: { inList: trusted } } } }
    tests:
      - { name: own, events: [{ type: fu, ip: 203.0.113.9 }], expect: { alerts: 1, title: of the pack } }
`;
    const main = (more: string) => `
version: 1
include: [pack.yaml]
channels: { security: { console: true } }
lists: { trusted: [203.0.113.0/24] }
templates: { default: { title: 'of the tenant' } }
${more}`;

    it.each([
      ['lists and templates of the same name', ''],
      ['an override', 'overrides: { r: { match: { types: [fp] } } }'],
      ['an override that disables', 'overrides: { r: { enabled: false } }'],
      [
        'a rule that stops every event',
        'rules: [{ id: first, match: { types: [fu], fields: { user_id: "*" } }, stop: true }]',
      ],
    ])("runs its tests without the including file's %s", async (_case, more) => {
      expect(await run({ 'rules.yaml': main(more), 'pack.yaml': pack })).toMatchObject([
        { name: 'own', passed: true },
      ]);
    });

    it('runs the tests of an override with the override, and with all names', async () => {
      const more = `overrides: { r: { match: { types: [fp] }, tests: [
        { name: tuned, events: [{ type: fp, ip: 198.51.100.1 }, { type: fp, ip: 203.0.113.9 }, { type: fu }], expect: { alerts: 1, title: of the tenant } }] } }`;
      expect(await run({ 'rules.yaml': main(more), 'pack.yaml': pack })).toMatchObject([
        { name: 'tuned', passed: true },
        { name: 'own', passed: true },
      ]);
    });
  });

  it('runs the tests of a rule that is not enabled', async () => {
    expect(await run(ruleWith('enabled: false,', `events: [${fu}], expect: { alerts: 1 }`))).toMatchObject([
      { passed: true },
    ]);
  });
});

describe('requireTests', () => {
  it('lets a good file through, and makes problems of failing tests', async () => {
    const good = await load(ruleWith('', 'events: [{ type: fu }], expect: { alerts: 1 }'));
    expect(await requireTests(good, new CountingIds())).toBe(good);
    const bad = await load(ruleWith('', 'events: [{ type: fu }], expect: { alerts: 2 }'));
    expect(await requireTests(bad, new CountingIds())).toMatchObject({
      ok: false,
      problems: [{ code: 'failing-test', line: 7 }],
      files: bad.files,
    });
  });
});
