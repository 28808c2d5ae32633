import { listsOf } from '../../../test/support/field-holds.js';
import { matches, type EventData } from '../../../test/support/match-events.js';
import { engineOperators } from './where.js';
import { fieldOperators } from './compile-test.js';
import { factsOf, RuleEngine } from './rule-engine.js';

function parsed(json: string): EventData {
  return { type: 'f', ...(JSON.parse(json) as object) };
}

function nested(depth: number): unknown {
  return JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
}

function users(list: unknown): EventData {
  return { type: 'f', users: list };
}

const always = { fact: 'type', operator: 'equal', value: 'f' };

describe('RuleEngine', () => {
  it('gives one result for each rule, matched or not', async () => {
    const engine = new RuleEngine(
      [
        { id: 'yes', conditions: { all: [always] } },
        { id: 'no', conditions: { all: [{ ...always, value: 's' }] } },
        { id: 'every', conditions: { all: [] } },
      ],
      new Map(),
    );
    const results = await engine.run(factsOf({ type: 'f' }));
    expect(new Map(results.map((result) => [result.name, result.result]))).toEqual(
      new Map([
        ['yes', true],
        ['no', false],
        ['every', true],
      ]),
    );
  });

  it.each(['error', 'success', 'failure', 'newListener', 'removeListener'])(
    'takes a rule with the id %s',
    async (id) => {
      const engine = new RuleEngine([{ id, conditions: { all: [always] } }], new Map());
      const [matched] = await engine.run(factsOf({ type: 'f' }));
      expect([matched?.name, matched?.result]).toEqual([id, true]);
      const [failed] = await engine.run(factsOf({ type: 's' }));
      expect([failed?.name, failed?.result]).toEqual([id, false]);
    },
  );

  it('leaves the conditions it was given as they are', async () => {
    const conditions = { all: [{ ...always, priority: '5' as unknown as number }] };
    const before = structuredClone(conditions);
    await new RuleEngine([{ id: 'a', conditions }], new Map()).run(factsOf({ type: 'f' }));
    expect(conditions).toEqual(before);
  });

  it('says what it looked at and what it found', async () => {
    const engine = new RuleEngine([{ id: 'a', conditions: { all: [always] } }], new Map());
    const [why] = await engine.run(factsOf({ type: 'f' }));
    expect(why?.conditions).toMatchObject({ all: [{ fact: 'type', factResult: 'f', result: true }] });
  });

  it('has no fact under the empty name, and none in place of its own', async () => {
    const data = parsed('{"": 1, "event": "taken", "field of event.data": "taken"}');
    expect(await matches({ fields: { type: 'f', event: 'taken' } }, data)).toBe(true);
    expect(
      await matches({ where: { fact: 'event', path: '$.type', operator: 'equal', value: 'f' } }, data),
    ).toBe(true);
  });

  it('distinguishes operands that JSON writes alike', async () => {
    const where = { fact: 'a', operator: 'equals', value: { fact: 'b' } };
    const engine = new RuleEngine([{ id: 'a', conditions: { all: [where] } }], new Map());
    const run = async (a: unknown, b: unknown) => (await engine.run(factsOf({ a, b })))[0]?.result;
    expect(await run(null, JSON.parse('1e999'))).toBe(false);
    expect(await run(null, null)).toBe(true);
    expect(await run(JSON.parse('1e999'), JSON.parse('1e999'))).toBe(true);
    expect(await run(JSON.parse('-1e999'), JSON.parse('1e999'))).toBe(false);
    expect(await run('1', 1)).toBe(false);
    expect(await run(1, 1)).toBe(true);
  });

  it.each(['toString', 'constructor', '__proto__', 'other'])(
    'keeps the key %s of an operand that is an object',
    async (key) => {
      const form = { fields: { a: { equals: JSON.parse(`{"${key}": 1}`) as unknown } } };
      expect(await matches(form, parsed(`{"a": {"${key}": 1}}`))).toBe(true);
      expect(await matches(form, parsed('{"a": {}}'))).toBe(false);
    },
  );

  it('stays right over more operands than it keeps', async () => {
    const where = { fact: 'a', operator: 'startsWith', value: { fact: 'b' } };
    const engine = new RuleEngine([{ id: 'a', conditions: { all: [where] } }], new Map());
    for (let index = 0; index < 2100; index++) {
      const [held] = await engine.run(factsOf({ a: `${index} and more`, b: `${index}` }));
      const [failed] = await engine.run(factsOf({ a: `no ${index}`, b: `${index}` }));
      expect([held?.result, failed?.result]).toEqual([true, false]);
    }
  });
});

describe('an operator that fails on a value', () => {
  const lists = listsOf({ words: ['a'] });
  const odd = [
    ['null', null],
    ['an object without a primitive', JSON.parse('{"toString":1,"valueOf":2}')],
    ['an array of such', JSON.parse('[[{"toString":1,"valueOf":2}]]')],
    ['an object like a function', JSON.parse('{"call":1,"then":2,"length":3}')],
    ['an own __proto__', JSON.parse('{"__proto__":{"a":1}}')],
    ['deep nesting', nested(20_000)],
    ['a number past all', JSON.parse('1e999')],
    ['a lone surrogate', '\uD800'],
    ['an empty array', []],
    ['a long text', 'a'.repeat(100_000)],
  ] as const;
  const operators = [...new Set([...engineOperators, ...fieldOperators])];
  const decorated = ['', 'not:', 'someFact:', 'everyFact:', 'someValue:', 'everyValue:', 'swap:'];

  it.each(odd)('never costs the event: %s', async (_, value) => {
    const data = { a: value, b: 'a', c: ['a', 1] };
    const conditions = operators.flatMap((operator) =>
      decorated.flatMap((decorator) => [
        { fact: 'a', operator: decorator + operator, value: 'a' },
        { fact: 'a', operator: decorator + operator, value: { fact: 'c' } },
        { fact: 'b', operator: decorator + operator, value: { fact: 'a' } },
        { fact: 'c', operator: decorator + operator, value: { fact: 'a' } },
        { fact: 'a', operator: decorator + operator, value: { fact: 'a' } },
      ]),
    );
    const rules = conditions.map((condition, index) => ({
      id: String(index),
      conditions: { all: [condition] },
    }));
    const results = await new RuleEngine(rules, lists).run(factsOf(data));
    expect(results).toHaveLength(rules.length);
    for (const { result } of results) expect(typeof result).toBe('boolean');
  });

  it.each([
    ['lessThan', 5],
    ['lessThanInclusive', 5],
    ['greaterThan', 5],
    ['greaterThanInclusive', 5],
    ['in', 'some text'],
    ['matches', '.*'],
    ['gt', 0],
  ])('does not hold: %s', async (operator, value) => {
    const data = parsed('{"a": {"toString": 1, "valueOf": 2}}');
    const condition = { fact: 'a', operator, value };
    expect(await matches({ where: condition }, data)).toBe(false);
    expect(await matches({ where: { any: [condition, always] } }, data)).toBe(true);
    expect(await matches({ where: { not: condition } }, data)).toBe(true);
  });

  it('does not hold where its operand is nested past the stack', async () => {
    const where = { any: [{ fact: 'a', operator: 'equals', value: { fact: 'b' } }, always] };
    expect(await matches({ where }, { type: 'f', a: 1, b: nested(100_000) })).toBe(true);
  });
});

describe('a JSONPath', () => {
  const namesLikeMal = "$[?search(@.name, '^mal')].name";
  const where = { fact: 'users', path: namesLikeMal, operator: 'contains', value: 'mallory' };

  it.each<readonly [sentence: string, value: unknown, expected: boolean]>([
    ['holds for the element it is about', [{ name: 'mallory' }], true],
    ['passes by an element without the property', [{}, { name: 'mallory' }], true],
    ['passes by null', [{ name: 'mallory' }, null], true],
    ['passes by a property of another kind', [{ name: 5 }, { name: 'mallory' }], true],
    ['passes by a property that shadows a method', [{ name: { startsWith: 1 } }, { name: 'mallory' }], true],
    ['does not hold when no element can be asked', [{ name: 5 }, null, 'mallory'], false],
    ['does not hold for text', 'mal', false],
    ['does not hold for a number', 5, false],
    ['does not hold for null', null, false],
  ])('whose filter %s', async (_, value, expected) => {
    expect(await matches({ where }, users(value))).toBe(expected);
  });

  /** What conditions decide that the check of the rules would have refused. */
  async function unchecked(condition: object, data: EventData): Promise<unknown> {
    const conditions = { any: [condition as typeof always] };
    const [result] = await new RuleEngine([{ id: 'a', conditions }], new Map()).run(factsOf(data));
    return result?.result;
  }

  it.each(['$..name', '$[?(@.name ==', '$[(@.length', '$[?(@other())]', '$.users.@nope()', '', 'toString'])(
    'that is hostile or broken never costs the event: %s',
    async (path) => {
      const data = users([{ name: 'a' }, nested(20_000)]);
      expect(await unchecked({ fact: 'users', path, operator: 'equal', value: 'x' }, data)).toBe(false);
    },
  );

  it('reaches no code', async () => {
    const expressions = [
      "@.constructor.constructor('globalThis.reached = true')()",
      "@.constructor[?(@.constructor.constructor('globalThis.reached = true')())]",
      "@['__proto__']",
      "@['match'](/(a+)+$/)",
    ];
    for (const filter of expressions) {
      const condition = { fact: 'users', path: `$[?(${filter})]`, operator: 'exists', value: true };
      expect(await unchecked(condition, users([{ name: 'a' }]))).toBe(false);
    }
    expect('reached' in globalThis).toBe(false);
  });

  it('never costs an event that holds a very long list', async () => {
    const data = users(Array.from({ length: 500_000 }, () => 0));
    expect(await matches({ where: { any: [where, always] } }, data)).toBe(true);
  });

  it('changes no event, so that later rules see what earlier ones saw', async () => {
    const data = users([{ name: 'a' }]);
    const assignment = "$[?(@.name = 'b')].name";
    expect(await unchecked({ fact: 'users', path: assignment, operator: 'contains', value: 'b' }, data)).toBe(
      false,
    );
    expect(data).toEqual(users([{ name: 'a' }]));
    expect(Object.isFrozen((data['users'] as readonly object[])[0])).toBe(true);
  });
});
