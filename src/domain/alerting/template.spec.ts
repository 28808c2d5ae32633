import { plainText, type RichText } from '../alert.js';
import { RenderBudget } from './liquid.js';
import { compileTemplate, renderTree, type Template } from './template.js';

function template(source: string): Template {
  const compiled = compileTemplate(source);
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.template;
}

function render(source: string, event: object = {}): RichText {
  return template(source).render({ event });
}

const attack = '<!channel> <https://evil.example|click> *bold*';

describe('a rendered template', () => {
  it.each<readonly [sentence: string, source: string, event: object, spans: RichText]>([
    ['is the operator’s own text where it has no output', 'plain <!here>', {}, ['plain <!here>']],
    ['is nothing where it is empty', '', {}, []],
    ['keeps a value apart', 'by {{ event.user }}!', { user: attack }, ['by ', { value: attack }, '!']],
    [
      'keeps values apart from one another',
      '{{ event.a }}{{ event.b }}',
      { a: 'x', b: 'y' },
      [{ value: 'x' }, { value: 'y' }],
    ],
    ['leaves out a missing value', 'a{{ event.absent }}b', {}, ['a', 'b']],
    ['leaves out null', 'a{{ event.x }}b', { x: null }, ['a', 'b']],
    ['leaves out a path through nothing', '{{ event.x.y.z }}', { x: null }, []],
    ['prints a number', '{{ event.n }}', { n: 0 }, [{ value: '0' }]],
    ['prints a boolean', '{{ event.n }}', { n: false }, [{ value: 'false' }]],
    ['prints an object as JSON', '{{ event.o }}', { o: { a: [1] } }, [{ value: '{"a":[1]}' }]],
    ['prints an array joined', '{{ event.o }}', { o: ['a', 1, null, { b: 2 }] }, [{ value: 'a1{"b":2}' }]],
    ['trusts raw', '{{ event.user | raw }}', { user: '<!here>' }, ['<!here>']],
    [
      'trusts raw only where it comes last',
      '{{ event.user | raw | upcase }}',
      { user: 'a' },
      [{ value: 'A' }],
    ],
    [
      'does not trust a filtered value',
      '{{ event.user | append: "!" }}',
      { user: attack },
      [{ value: `${attack}!` }],
    ],
    [
      'does not trust a default',
      '{{ event.absent | default: event.user }}',
      { user: attack },
      [{ value: attack }],
    ],
    [
      'does not trust an assigned value',
      '{% assign x = event.user %}{{ x }}',
      { user: attack },
      [{ value: attack }],
    ],
    [
      'does not trust a captured value',
      '{% capture x %}by {{ event.user }}{% endcapture %}{{ x }}',
      { user: attack },
      [{ value: `by ${attack}` }],
    ],
    [
      'captures a value as it is',
      '{% capture x %}{{ event.user }}{% endcapture %}{% if x == "bob" %}equal{% endif %} {{ x | size }}',
      { user: 'bob' },
      ['equal ', { value: '3' }],
    ],
    [
      'cuts a captured value where it says',
      '{% capture x %}{{ event.user }}@{{ event.user }}{% endcapture %}{{ x | split: "@" | first }}',
      { user: 'bob' },
      [{ value: 'bob' }],
    ],
    [
      'does not trust a loop',
      '{% for x in event.list %}{{ x }},{% endfor %}',
      { list: ['<!here>', 'b'] },
      [{ value: '<!here>' }, ',', { value: 'b' }, ','],
    ],
    ['does not trust echo', '{% echo event.user %}', { user: attack }, [{ value: attack }]],
    ['does not trust liquid', '{% liquid echo event.user %}', { user: attack }, [{ value: attack }]],
    ['does not trust cycle', '{% cycle event.user, "b" %}', { user: attack }, [{ value: attack }]],
    [
      'does not run a value',
      '{{ event.user }}',
      { user: '{{ event.x }}{% if %}' },
      [{ value: '{{ event.x }}{% if %}' }],
    ],
    ['does not see inherited properties', '{{ event.constructor }}{{ event.toString }}', {}, []],
    [
      'sees an own property of such a name',
      '{{ event.constructor }}',
      { constructor: 'a' },
      [{ value: 'a' }],
    ],
    ['does not see what prototypes say', '{{ event.l.map }}{{ event.__proto__ }}', { l: [] }, []],
  ])('%s', (_, source, event, spans) => {
    expect(render(source, event)).toEqual(spans);
  });

  it('keeps its source', () => {
    expect(template('by {{ event.user }}').source).toBe('by {{ event.user }}');
  });

  it('renders anew each time', () => {
    const title = template('{% assign n = event.n %}{{ n }}{% cycle "a", "b" %}');
    expect(plainText(title.render({ event: { n: 1 } }))).toBe('1a');
    expect(plainText(title.render({ event: { n: 2 } }))).toBe('2a');
  });

  it.each(['increment', 'decrement'])('leaves its scope alone: %s', (tag) => {
    const scope = { event: { user: 'bob' } };
    const counting = template(`{% ${tag} n %}{% ${tag} event %}`);
    expect(plainText(counting.render(scope))).toBe(plainText(counting.render(scope)));
    expect(scope).toEqual({ event: { user: 'bob' } });
  });

  it('gives dates in UTC', () => {
    expect(
      plainText(render('{{ event.date | date: "%Y-%m-%d %H:%M" }}', { date: '2026-11-20T23:30:00.000Z' })),
    ).toBe('2026-11-20 23:30');
  });
});

describe('a value with the marks of a value', () => {
  it.each([
    ['an end', 'a\uFDD1<!here>'],
    ['a start', 'a\uFDD0<!here>'],
    ['an end and a start', '\uFDD1<!here>\uFDD0'],
    ['many', '\uFDD1\uFDD1\uFDD0<!here>\uFDD1'],
  ])('stays one value: %s', (_, user) => {
    const bare = user.replace(/[\uFDD0\uFDD1]/g, '');
    const expected = ['by ', { value: bare }, '.'];
    expect(render('by {{ event.user }}.', { user })).toEqual(expected);
    expect(render('by {% capture x %}{{ event.user }}{% endcapture %}{{ x }}.', { user })).toEqual(expected);
    expect(render('by {{ event.user | append: "" }}.', { user })).toEqual(expected);
    expect(render('by {% echo event.user %}.', { user })).toEqual(expected);
    expect(render('by {{ event.list }}.', { list: [user] })).toEqual(expected);
  });

  it('stays one value inside an object', () => {
    const [object, ...rest] = render('{{ event.o }}', { o: { '\uFDD1<!here>': '\uFDD1<!here>' } });
    expect(rest).toEqual([]);
    expect(object).toEqual({ value: '{"<!here>":"<!here>"}' });
  });
});

describe('a filter on a value of an odd kind', () => {
  const values: readonly unknown[] = [
    undefined,
    null,
    true,
    5,
    -1.5,
    Number.POSITIVE_INFINITY,
    '',
    'text',
    '\uD800',
    '%E0%A4%A',
    [],
    [null, [1], { a: 1 }],
    {},
    JSON.parse('{"toString":1,"valueOf":2}'),
    JSON.parse('{"__proto__":{"a":1},"length":-1,"size":{}}'),
    JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`),
  ];
  const filters = `
    upcase | downcase | capitalize | strip | size | first | last | join: "," | split: "@" | sort | uniq | reverse
    | compact | sum | map: "a" | where: "a", 1 | concat: event.v | plus: 1 | divided_by: 0 | modulo: 0 | round: 2 | abs
    | date: "%Y" | truncate: 3 | truncatewords: 1 | slice: -2, 5 | json | inspect | url_encode | url_decode
    | base64_decode | base64_encode | escape | strip_html | slugify | replace: "a", event.v | remove: event.v
    | default: event.v | append: event.v | times: event.v | sort_natural: "a" | group_by: "a" | find: "a", 1
    | push: event.v | number_of_words | at_least: 3 | raw`;
  it.each(filters.trim().split(/\s*\|\s*/))('throws nothing: %s', (filter) => {
    const used = template(`{{ event.v | ${filter} }}`);
    for (const v of values) {
      const spans = used.render({ event: { v } });
      for (const span of spans) expect(typeof (typeof span === 'string' ? span : span.value)).toBe('string');
    }
  });

  it('throws nothing in a condition or a loop', () => {
    const used = template(
      '{% if event.v > 3 and event.v contains "a" %}a{% endif %}{% for x in event.v %}{{ x.y }}{% endfor %}',
    );
    for (const v of values) expect(Array.isArray(used.render({ event: { v } }))).toBe(true);
  });
});

describe('a template that fails while it renders', () => {
  it.each([
    ['include', '{% include "/etc/hostname" %}', '/etc/hostname'],
    ['include of a value', '{% include event.file %}', '/etc/passwd'],
    ['render', '{% render "package.json" %}', 'package.json'],
    ['layout', '{% layout "../package.json" %}', 'package.json'],
    ['include of an inherited name', '{% include "constructor" %}', 'constructor'],
  ])('reads no file: %s', (_, source, name) => {
    const compiled = compileTemplate(source);
    const text = compiled.ok
      ? plainText(compiled.template.render({ event: { file: '/etc/passwd' } }))
      : compiled.message;
    expect(text).toContain(name);
    expect(text).not.toMatch(/root:|"dependencies"|native code/);
  });

  it('says so, trusting nothing of the cause', () => {
    const spans = render('{% include event.file %}', { file: attack });
    expect(spans[0]).toBe('(template failed: ');
    expect(spans.at(-1)).toBe(')');
    expect(plainText(spans)).toContain(attack);
    expect(spans.filter((span) => typeof span === 'string').join('')).toBe('(template failed: )');
  });

  it('ends a loop that is too long', () => {
    const text = plainText(render('{% for i in (1..100000000) %}x{% endfor %}'));
    expect(text).toMatch(/^\(template failed: .*(limit|exceeded)/i);
  });
});

describe('templates that share a budget', () => {
  const memoryLimit = 5_000;
  const budgetOf = (renderLimit: number): RenderBudget => new RenderBudget({ renderLimit, memoryLimit });
  // Either takes nearly all the memory.
  const upcased = template('{{ event.long | upcase | size }}');
  const written = template('{% for i in (1..40) %}{{ event.line }}{% endfor %}');
  const event = { long: 'a'.repeat(4_900), line: 'a'.repeat(120), user: 'bob' };

  it.each([
    ['what filters make', upcased],
    ['what they write', written],
  ])('have %s in common', (_what, costly) => {
    const budget = budgetOf(60_000);
    const shown = (each: Template): string => plainText(each.render({ event }, budget));
    expect(shown(costly)).not.toContain('failed');
    expect(budget.failures.size).toBe(0);
    expect(shown(costly)).toMatch(/^\(template failed: memory alloc limit exceeded/);
    // What costs little still comes out.
    expect(shown(template('by {{ event.user }}'))).toBe('by bob');
    expect([...budget.failures]).toEqual([expect.stringContaining('memory alloc limit exceeded')]);
    expect(plainText(costly.render({ event }, budgetOf(60_000)))).not.toContain('failed');
  });

  it('have the time in common', () => {
    const budget = budgetOf(-1);
    const texts = [1, 2, 3].map(() => plainText(template('a').render({}, budget)));
    expect(texts[0]).toMatch(/^\(template failed: template render limit exceeded/);
    expect(new Set(texts).size).toBe(1);
  });

  it('count what is captured, too', () => {
    const captured = template(
      '{% capture x %}{% for i in (1..50) %}{{ event.line }}{% endfor %}{% endcapture %}{{ x | size }}',
    );
    expect(plainText(captured.render({ event }, budgetOf(60_000)))).toMatch(/memory alloc limit exceeded/);
  });
});

describe('a template that does not compile', () => {
  it.each([
    ['{{ event.a | nope }}', 'nope', 1, 1],
    ['{{ event.a', 'not closed', 1, 1],
    ['one\n  two {{ event.a', 'not closed', 2, 7],
    ['one\n{% if event.a %}two', 'not closed', 2, 1],
    ['{% nope %}', 'nope', 1, 1],
    ['a\nb\n {% endif %}', 'endif', 3, 2],
    ['x'.repeat(100_001), 'limit exceeded', 1, 1],
    [`{% if event.a %}${'{% if event.a %}'.repeat(5000)}`, 'call stack', 1, expect.any(Number) as number],
  ])('%j says what and where', (source, part, line, column) => {
    const compiled = compileTemplate(source);
    expect(compiled).toMatchObject({ ok: false, line, column });
    expect(compiled.ok ? '' : compiled.message).toContain(part);
    expect(compiled.ok ? '' : compiled.message).not.toMatch(/\n|line:|col:/);
  });
});

describe('renderTree', () => {
  it('renders every text and leaves everything else as it is', () => {
    const tree = {
      entries: [
        ['type', { template: template('section') }],
        ['text', { entries: [['text', { template: template('by {{ event.user }}') }]] as const }],
        [
          'list',
          { items: [{ literal: 5 }, { literal: true }, { literal: null }, { template: template('') }] },
        ],
      ] as const,
    };
    expect(renderTree(tree, { event: { user: attack } })).toEqual({
      entries: [
        ['type', { spans: ['section'] }],
        ['text', { entries: [['text', { spans: ['by ', { value: attack }] }]] }],
        ['list', { items: [{ literal: 5 }, { literal: true }, { literal: null }, { spans: [] }] }],
      ],
    });
  });
});
