import { loadedRules } from '../../test/support/loaded-rules.js';
import { loadFolder } from '../../test/support/rules-folder.js';
import { plainText } from '../domain/alert.js';
import type { LogEvent } from '../domain/event.js';
import type { Rule, RuleSet } from '../domain/rule-set.js';
import { loadRules } from './load-rules.js';
import { problemLines } from './problem.js';

const everyForm = 'test/fixtures/rules/every-form.yaml';
const webhook = 'https://hooks.slack.com/services/T0/B0/main';

function event(data: Record<string, unknown>): LogEvent {
  return { logId: '1', type: String(data['type']), at: 0, data };
}

async function matching(rules: RuleSet, data: Record<string, unknown>): Promise<string[]> {
  return (await rules.matcher.match([event(data)])).map(({ rule }) => rule.id);
}

function ruleOf(rules: RuleSet, id: string): Rule {
  const rule = rules.rules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
}

describe('a file with every form', () => {
  let rules: RuleSet;

  beforeAll(async () => {
    const loaded = await loadRules(everyForm, { variables: { EVERY_FORM_WEBHOOK: webhook } });
    if (!loaded.ok) throw new Error(problemLines(loaded.problems).join('\n'));
    expect(loaded.warnings).toEqual([]);
    rules = loaded.rules;
  });

  it('has its own rules first, then those of its includes in the order of their names, each once', () => {
    expect(rules.rules.map(({ id }) => id)).toEqual([
      'everything-said',
      'bare-type',
      'types',
      'fields',
      'where',
      'except',
      'merged',
      'empty-keys',
      'from-here',
      'after-the-stop',
      'from-a',
      'from-b',
    ]);
  });

  it('takes every key of a rule', () => {
    expect(ruleOf(rules, 'everything-said')).toMatchObject({
      name: 'Everything said',
      description: 'All keys of a rule.',
      runbook: 'https://wiki.example.com/runbook',
      owner: 'iam',
      tags: ['mfa', 'iam'],
      severity: 'high',
      channels: ['security', { source: 'team-{{ event.tenant_name }}' }],
      active: {
        days: new Set(['mon', 'tue']),
        fromMinute: 22 * 60,
        toMinute: 6 * 60,
        timezone: 'Europe/Berlin',
      },
      mentions: ['<!here>', '<@U0123456789>', '<!subteam^S0123456789>'],
      stop: false,
    });
  });

  it('takes defaults where a rule says nothing, or has an empty key', () => {
    const expected = {
      severity: 'low',
      channels: ['security'],
      tags: [],
      mentions: [],
      stop: false,
      active: undefined,
    };
    expect(ruleOf(rules, 'bare-type')).toMatchObject({ name: 'bare-type', ...expected });
    expect(ruleOf(rules, 'empty-keys')).toMatchObject({ name: 'empty-keys', ...expected });
  });

  it('merges what << takes over', () => {
    const { severity, channels, mentions } = ruleOf(rules, 'everything-said');
    expect(severity).toBe('high');
    expect(ruleOf(rules, 'merged')).toMatchObject({ severity: 'info', mentions });
    expect(ruleOf(rules, 'merged').channels).toHaveLength(channels.length);
  });

  it('merges overrides deeply into an included rule', async () => {
    expect(ruleOf(rules, 'from-b')).toMatchObject({ severity: 'critical', channels: ['iam'] });
    expect(await matching(rules, { type: 's', connection: 'x', ip: '203.0.113.9' })).toContain('from-b');
    expect(await matching(rules, { type: 's', connection: 'x', ip: '203.0.113.10' })).not.toContain('from-b');
    expect(await matching(rules, { type: 's', connection: 'y', ip: '203.0.113.9' })).not.toContain('from-b');
  });

  it('expands variables in channels', () => {
    expect(Object.fromEntries([...rules.channels].map(([name, { target }]) => [name, target]))).toEqual({
      security: { kind: 'webhook', url: webhook },
      iam: { kind: 'bot', slackChannel: 'C0123456789', thread: true },
      quiet: { kind: 'console' },
      local: { kind: 'console' },
      shared: { kind: 'console' },
      'team-acme': { kind: 'console' },
    });
    expect(rules.opsChannel).toBe('local');
    expect(rules.heartbeatMs).toBe(900_000);
    expect(rules.defaultChannels).toEqual(['security']);
  });

  it('compiles templates, their own texts and blocks', () => {
    const { template } = ruleOf(rules, 'everything-said');
    expect(template.blocks).toHaveLength(2);
    const byDefault = ruleOf(rules, 'bare-type').template;
    const scope = { event: { type: 'fu', type_name: 'Failed', ip: '203.0.113.9' } };
    expect(plainText(byDefault.title.render(scope))).toBe('Failed [type: fu]');
    expect(plainText(byDefault.text?.render(scope) ?? [])).toBe('from 203.0.113.9\n');
    expect(byDefault.fields.map(([name]) => name)).toEqual(['User', 'IP', 'Count', 'Yes']);
    const liquidChannel = ruleOf(rules, 'everything-said').channels[1];
    expect(
      typeof liquidChannel === 'object' &&
        plainText(liquidChannel.render({ event: { tenant_name: 'acme' } })),
    ).toBe('team-acme');
  });

  it('lets an included file declare what its including file uses', async () => {
    expect(plainText(ruleOf(rules, 'from-here').template.title.render({}))).toBe('from a');
    expect(await matching(rules, { type: 'fp', ip: 'from-a' })).toContain('from-here');
  });

  it('reads lists from files, without comments and blank lines', async () => {
    const data = {
      type: 'x',
      connection: 'Username-Password-Authentication',
      ip: '198.51.100.1',
      user_name: 'ab 10minutemail.com y',
      audience: { a: [1] },
      details: {
        response: { body: { enabled: false } },
        code: 2.5,
        ip: '203.0.113.7',
        count: 3,
        list: [1, 2, 1],
        other: Array.from({ length: 11 }),
      },
    };
    expect(await matching(rules, data)).toContain('fields');
    expect(await matching(rules, { ...data, user_name: 'ab example.com y' })).not.toContain('fields');
  });

  it('has the including file’s lists win', async () => {
    expect(await matching(rules, { type: 'f', ip: '198.51.100.1' })).toContain('except');
    expect(await matching(rules, { type: 'f', ip: '203.0.113.9' })).not.toContain('except');
    expect(await matching(rules, { type: 'f', ip: '203.0.113.7' })).toContain('except');
  });

  it('stops after a rule that says so', async () => {
    expect(await matching(rules, { type: 'fp', ip: 'from-a' })).not.toContain('after-the-stop');
    expect(await matching(rules, { type: 'fp', ip: 'elsewhere' })).toContain('after-the-stop');
  });
});

describe('names over several files', () => {
  const included = [
    'defaults: { channels: [there], template: there, severity: info }',
    'channels: { there: { console: true }, both: { console: true } }',
    'ops: { channel: there, fallback: both }',
    'templates: { there: { title: there }, default: { title: there } }',
    'rules: [{ id: there, match: {} }]',
  ].join('\n');

  async function load(own: string): Promise<RuleSet> {
    const loaded = await loadFolder({
      'rules.yaml': `version: 1\ninclude: [there.yaml]\n${own}`,
      'there.yaml': included,
    });
    if (!loaded.ok) throw new Error(problemLines(loaded.problems).join('\n'));
    return loaded.rules;
  }

  it('takes defaults and ops from an included file', async () => {
    const rules = await load('');
    expect(ruleOf(rules, 'there')).toMatchObject({ channels: ['there'], severity: 'info' });
    expect([rules.opsChannel, rules.opsFallback]).toEqual(['there', 'both']);
  });

  it('has the including file’s defaults win, key by key', async () => {
    const rules = await load('defaults: { severity: high }');
    expect(ruleOf(rules, 'there')).toMatchObject({ channels: ['there'], severity: 'high' });
  });

  it('has the including file’s channels, templates and ops win', async () => {
    const url = 'https://hooks.slack.com/services/T0/B0/own';
    const rules = await load(
      [
        `channels: { both: { webhook: ${url} } }`,
        'ops: { channel: both }',
        'templates: { there: { title: own } }',
      ].join('\n'),
    );
    expect(rules.channels.get('both')?.target).toEqual({ kind: 'webhook', url });
    expect(rules.opsChannel).toBe('both');
    expect(plainText(ruleOf(rules, 'there').template.title.render({}))).toBe('own');
  });

  it('has the outermost override win', async () => {
    const loaded = await loadFolder({
      'rules.yaml': 'version: 1\ninclude: [a.yaml]\noverrides: { r: { severity: high } }',
      'a.yaml': 'include: [b.yaml]\noverrides: { r: { severity: low, name: By a } }',
      'b.yaml': 'channels: { c: { console: true } }\nrules: [{ id: r, match: {}, severity: info }]',
    });
    expect(loaded).toMatchObject({ ok: true, rules: { rules: [{ severity: 'high', name: 'By a' }] } });
  });

  it('sends alerts to the only channel where no file says anything', async () => {
    const rules = await loadedRules(
      'version: 1\nchannels: { one: { console: true } }\nrules: [{ id: r, match: {} }]',
    );
    expect(rules.rules[0]?.channels).toEqual(['one']);
  });

  it('takes constructor for a mere name', async () => {
    const rules = await loadedRules(
      [
        'version: 1',
        'channels: { constructor: { console: true } }',
        'rules: [{ id: constructor, match: { fields: { constructor: x, __proto__: { exists: false } } } }]',
      ].join('\n'),
    );
    expect(rules.rules[0]?.channels).toEqual(['constructor']);
    expect(await matching(rules, { type: 'f' })).toEqual([]);
    expect(await matching(rules, { type: 'f', constructor: 'x' })).toEqual(['constructor']);
  });

  it('takes a text in place of the file', async () => {
    const loaded = await loadRules(everyForm, {}, 'version: 1');
    expect(loaded).toMatchObject({ ok: true, rules: { rules: [] } });
  });
});

describe('hashes', () => {
  const files = {
    'rules.yaml': [
      'version: 1',
      'channels: { one: { console: true } }',
      'defaults: { severity: low }',
      'lists: { ips: { file: ips.txt } }',
      'templates: { short: { title: short } }',
      'rules:',
      '  - { id: a, match: { fields: { ip: { inList: ips } } } }',
      '  - { id: b, match: { types: [f] }, severity: high }',
      '  - { id: c, match: { types: [s] }, template: short, severity: high }',
    ].join('\n'),
    'ips.txt': '203.0.113.9',
  };

  async function hashesOf(changed: Partial<typeof files>, variables = {}): Promise<Record<string, string>> {
    const loaded = await loadFolder({ ...files, ...changed }, variables);
    if (!loaded.ok) throw new Error(problemLines(loaded.problems).join('\n'));
    return {
      all: loaded.rules.hash,
      ...Object.fromEntries(loaded.rules.rules.map(({ id, hash }) => [id, hash])),
    };
  }

  function main(find: string, replace: string): Partial<typeof files> {
    return { 'rules.yaml': files['rules.yaml'].replace(find, replace) };
  }

  it.each<[string, Partial<typeof files>, string[]]>([
    ['nothing', {}, []],
    ['a comment', main('rules:', 'rules: # all'), []],
    ['a rule', main('types: [f]', 'types: [fp]'), ['all', 'b']],
    ['a default that one rule takes', main('severity: low', 'severity: info'), ['all', 'a']],
    ['the template of one rule', main('title: short', 'title: shorter'), ['all', 'c']],
    ['the file of a list', { 'ips.txt': '203.0.113.10' }, ['all', 'a']],
    ['a channel', main('console: true', 'slack: C0123456789'), ['all']],
    ['the ops channel', main('rules:', 'ops: { channel: one }\nrules:'), ['all']],
    ['the heartbeat', main('rules:', 'heartbeat: { after: 1h }\nrules:'), ['all']],
  ])('change with what the rules mean: %s', async (_case, changed, expected) => {
    const before = await hashesOf({});
    const after = await hashesOf(changed);
    expect(Object.keys(before).filter((key) => before[key] !== after[key])).toEqual(expected);
  });
});
