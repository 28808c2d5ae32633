import { lintedRules } from '../../../test/support/linted-rules.js';

/** The places and paths of the warnings of one rule, and of what stands beside it. */
async function unknown(rule: string, beside = ''): Promise<string[]> {
  const warnings = await lintedRules(rule, beside);
  expect(warnings.filter(({ code }) => code !== 'unknown-field')).toEqual([]);
  return warnings.map(({ message }) => (/"([^"]*)"/.exec(message) ?? [])[1] as string);
}

async function hintOf(rule: string): Promise<string | undefined> {
  const [warning] = await lintedRules(rule);
  return warning?.hint;
}

describe('a path that no event of the rule can have', () => {
  it.each([
    ['match: { types: fu, fields: { usr: x } }', ['usr']],
    ['match: { types: fu, except: { fields: { usr: x } } }', ['usr']],
    ['match: { types: fu }, window: { count: 2, within: 1m, by: [ip, usr] }', ['usr']],
    ['match: { types: fu }, window: { distinct: { field: usr, count: 2 }, within: 1m }', ['usr']],
    ['match: { types: fu }, window: { new: { field: usr, learn: 1d } }', ['usr']],
    ['match: { types: fu }, throttle: { every: 1h, by: [usr] }', ['usr']],
    ['match: { types: fu }, group: { wait: 1m, by: [usr] }', ['usr']],
    ['window: { within: 1m, sequence: [{ types: fu, fields: { usr: x } }, { types: s }] }', ['usr']],
    ['match: { types: scp }, window: { within: 1h, missing: { types: sv, fields: { usr: x } } }', ['usr']],
    [`match: { types: fu }, throttle: { every: 1h, by: ["{{ event.usr | split: '@' | last }}"] }`, ['usr']],
    ['match: { types: fu }, channels: ["{{ event.tenant_nam }}"]', ['tenant_nam']],
    // What templates see and keys don't.
    ['match: { types: fu }, throttle: { every: 1h, by: ["{{ event.type_name }}"] }', ['type_name']],
    // A field of another type, through globs, regexes and categories too.
    ['match: { types: fu, fields: { details.prompts: x } }', ['details.prompts']],
    ['match: { types: "fu*", fields: { details.prompts: x } }', ['details.prompts']],
    ['match: { types: "/^fu$/", fields: { details.prompts: x } }', ['details.prompts']],
    ['match: { types: "category:rate-limit", fields: { ip: x } }', ['ip']],
    ['match: { fields: { no.such.field: x } }', ['no.such.field']],
    // A step sees what the rule's own match lets through.
    [
      'match: { types: [fu, fp] }, window: { within: 1m, sequence: [{ fields: { details.prompts: x } }] }',
      ['details.prompts'],
    ],
  ])('is reported: %s', async (rule, expected) => {
    expect(await unknown(rule)).toEqual(expected);
  });

  it.each([
    'match: { types: [fu, s], fields: { details.prompts: { exists: true } } }',
    'match: { fields: { details.prompts: { exists: true } } }',
    'match: { fields: { details.request.auth.user.user_id: x } }',
    // Nobody knows what this type holds.
    'match: { types: [fu, brand_new], fields: { usr: x } }, lint: { unknown-event-code: off }',
    'match: { types: "brand_*", fields: { usr: x } }, lint: { unknown-event-code: off }',
    // Below open parts, through arrays, by indexes.
    'match: { types: f, fields: { details.qs.state: x } }',
    'match: { types: acls_summary, fields: { details.stats.acl_id: x, details.stats.0.acl_id: x } }',
    // What the router and Auth0 add.
    'match: { types: fu, fields: { tenant: x, geo.country: x, location_info.country_code: x, log_id: x, _id: x } }',
    'match: { types: fu, fields: { security_context.ja3: x, tenant_name: x } }',
    'match: { types: fu }, channels: ["{{ event.category }}-{{ event.type_name }}"]',
    'match: { types: [fu, sapi] }, window: { count: 2, within: 1m, by: [details.request.ip] }',
    'match: { types: scp }, window: { within: 1h, by: [user_id], missing: { types: sv } }',
    'match: { types: fu, fields: { usr: x } }, lint: { unknown-field: off }',
    // It is reported as a path of another form, once.
    'match: { types: fu, fields: { data.usr: x } }, lint: { suspicious-literal: off }',
  ])('and not where one can: %s', async (rule) => {
    expect(await unknown(rule)).toEqual([]);
  });

  it.each([
    ['match: { types: fu, fields: { user_nam: x } }', 'did you mean "user_name"?'],
    ['match: { types: fp, fields: { error.message: x } }', 'did you mean "details.error.message"?'],
    [
      'match: { types: acls_summary, fields: { details.stats.match.zzzzzzzzzzzzzzzzzzzz: x } }',
      'take one of details.stats.match.successes, or write lint: { unknown-field: off } in the rule if Auth0 sends it',
    ],
    [
      'match: { types: fu, fields: { details.prompts: x } }',
      expect.stringMatching(/^\d+ other event types have "details.prompts"$/),
    ],
    ['match: { types: fu, fields: { zzzzzzzz: x } }', expect.stringContaining('correct the path')],
  ])('with a hint: %s', async (rule, hint) => {
    expect(await hintOf(rule)).toEqual(hint);
  });
});

describe('a template', () => {
  const two = `rules:
  - { id: a, template: both, match: { types: fu } }
  - { id: b, template: both, match: { types: s } }`;
  const template = (text: string): string => `templates: { both: { title: '${text}' } }`;

  it.each([
    ['{{ event.usr }}', ['usr']],
    ['{% for prompt in event.details.prompts %}{{ prompt.name }}{% endfor %}', []],
    [
      '{% if event.usr %}{{ event.user_name.size }}{{ event.details.prompts.first.name }}{% endif %}',
      ['usr'],
    ],
    ['{{ event.details[event.usr].x }} {{ event[rule.name] }}', ['usr']],
    ['{% assign event = rule %}{{ event.usr }} {{ rule.id }}', []],
    // Only one of them has it.
    ['{{ event.details.prompts }}', []],
  ])('is held to what events of some rule that uses it have: %s', async (text, expected) => {
    const warnings = await lintedRules('', `${template(text)}\n${two}`);
    expect(warnings.map(({ message }) => /"([^"]*)"/.exec(message)?.[1])).toEqual(expected);
  });

  it('is reported at the place within the text', async () => {
    const beside = `templates: { default: { fields: { A: 'x', B: "\\u0041 {{ event.usr }}" } } }`;
    const [warning] = await lintedRules('match: { types: fu }', beside);
    expect(warning).toMatchObject({ line: 2, column: beside.indexOf('event.usr') + 1 });
  });

  it('that no rule uses may be of any type', async () => {
    const used = 'match: { types: fu }';
    expect(await unknown(used, template('{{ event.details.prompts }}'))).toEqual([]);
    expect(await unknown(used, template('{{ event.usr }}'))).toEqual(['usr']);
  });

  it('is not reported where the rules that use it turn that off, or are of an unknown type', async () => {
    const off = two.replaceAll('match', 'lint: { unknown-field: off }, match');
    expect(await lintedRules('', `${template('{{ event.usr }}')}\n${off}`)).toEqual([]);
    const unknownType = two
      .replace('types: s', 'types: [s, brand_new]')
      .replace('id: b', 'lint: { unknown-event-code: off }, id: b');
    expect(await lintedRules('', `${template('{{ event.usr }}')}\n${unknownType}`)).toEqual([]);
  });

  it('is not reported where a rule has an error', async () => {
    const loaded = await lintedRules(
      '',
      `${template('{{ event.usr }}')}\n${two.replace('types: s', 'tpes: s')}`,
    );
    expect(loaded.map(({ code }) => code)).toEqual(['unknown-key']);
  });
});
