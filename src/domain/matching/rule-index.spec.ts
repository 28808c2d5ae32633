import { matchRule } from '../../../test/support/match-events.js';
import { RuleIndex, type IndexedRule } from './rule-index.js';
import type { MatchForm } from './match-types.js';
import type { MatchableRule } from './matcher.js';

type Forms = Readonly<Record<string, MatchForm>>;
type Data = Readonly<Record<string, unknown>>;
type Row = readonly [data: Data, found: string, lookedAt: string];

/** The ids of the rules that are found for an event, and of those whose tests were run at all, sorted. */
function lookUp(forms: Forms, data: Data, before?: IndexedRule<MatchableRule>[]): readonly [string, string] {
  const lookedAt: string[] = [];
  const indexedRules = Object.entries(forms).map(([id, form], position): IndexedRule<MatchableRule> => {
    const rule = matchRule(id, form);
    const prefilterAdmitted: typeof rule.match.prefilterAdmitted = (event) => {
      lookedAt.push(id);
      return rule.match.prefilterAdmitted(event);
    };
    return { rule: { ...rule, match: { ...rule.match, prefilterAdmitted } }, position };
  });
  const found = new RuleIndex(indexedRules).collect(data, before) ?? [];
  const ids = found.map(({ rule }) => rule.id);
  return [ids.toSorted().join(' '), lookedAt.toSorted().join(' ')];
}

const a = (form: unknown): MatchForm => ({ fields: { a: form } });
const leaf = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });

describe('rules that want certain values', () => {
  const forms: Forms = {
    x: a('x'),
    xOrY: a(['x', 'y']),
    five: a(5),
    start: a('xy*'),
    either: { where: { any: [leaf('a', 'equal', 'z'), leaf('b', 'in', ['z', 'zz'])] } },
    both: { fields: { a: 'x', b: 'x' } },
  };
  it.each<Row>([
    [{}, '', ''],
    [{ a: 'w', b: 'x' }, '', ''],
    [{ a: 'x' }, 'x xOrY', 'both x xOrY'],
    [{ a: 'x', b: 'x' }, 'both x xOrY', 'both x xOrY'],
    [{ a: 5 }, 'five', 'five'],
    [{ a: '5' }, '', ''],
    [{ a: 'xyz' }, 'start', 'start'],
    [{ a: ['y', 'x'] }, 'x xOrY', 'both x xOrY xOrY'],
    [{ b: 'z' }, 'either', 'either'],
    [{ a: 'z', b: 'zz' }, 'either', 'either either'],
  ])('%j: %p, having looked at %p', (data, found, lookedAt) => {
    expect(lookUp(forms, data)).toEqual([found, lookedAt]);
  });
});

describe('rules that compare numbers', () => {
  const forms: Forms = {
    gt9: a({ gt: 9 }),
    gt5: a({ gt: 5 }),
    gte5: a({ gte: '5' }),
    lt5: a({ lt: 5 }),
    lte5: a({ lte: 5 }),
    lt0: a({ lt: 0 }),
    between: a({ gt: 5, lt: 7 }),
    engine5: { where: leaf('a', 'greaterThan', 5) },
    engineAny: { where: { any: [leaf('a', 'lessThanInclusive', 0), leaf('b', 'equal', 'x')] } },
    text: { where: leaf('b', 'gt', 5) },
  };
  it.each<Row>([
    [{}, '', ''],
    [{ a: 'many' }, '', ''],
    [{ a: 5 }, 'gte5 lte5', 'gte5 lte5'],
    [{ a: 6 }, 'between engine5 gt5 gte5', 'between engine5 gt5 gte5'],
    [{ a: '8' }, 'engine5 gt5 gte5', 'between engine5 gt5 gte5'],
    [{ a: 9.5 }, 'engine5 gt5 gt9 gte5', 'between engine5 gt5 gt9 gte5'],
    [{ a: 0 }, 'engineAny lt5 lte5', 'engineAny lt5 lte5'],
    [{ a: -1, b: 'x' }, 'engineAny lt0 lt5 lte5', 'engineAny engineAny lt0 lt5 lte5'],
    [{ a: [4, 6] }, 'between gt5 gte5 lt5 lte5', 'between gt5 gte5 lt5 lte5'],
    [{ a: [4, 8] }, 'gt5 gte5 lt5 lte5', 'between gt5 gte5 lt5 lte5'],
    [{ a: [[6]] }, 'engine5', 'engine5'],
    [{ b: [null, '6'] }, 'text', 'text'],
  ])('%j: %p, having looked at %p', (data, found, lookedAt) => {
    expect(lookUp(forms, data)).toEqual([found, lookedAt]);
  });

  it('are found whatever the order of their limits', () => {
    const limits = [7, 3, Infinity, -Infinity, 5, 3, 9];
    const unordered = Object.fromEntries(
      limits.flatMap((limit, index) => [
        [`gt${index}`, a({ gt: limit })],
        [`gte${index}`, a({ gte: limit })],
      ]),
    );
    for (const value of [-Infinity, 2, 3, 4, 5, 9, Infinity]) {
      const expected = limits.flatMap((limit, index) => [
        ...(value > limit ? [`gt${index}`] : []),
        ...(value >= limit ? [`gte${index}`] : []),
      ]);
      const ids = expected.toSorted().join(' ');
      expect(lookUp(unordered, { a: value })).toEqual([ids, ids]);
    }
  });

  it('never hold against NaN, nor keep others from holding', () => {
    expect(lookUp({ nan: a({ gt: Number.NaN }), gt5: a({ gt: 5 }) }, { a: 6 })).toEqual(['gt5', 'gt5']);
  });
});

describe('all other rules', () => {
  const forms: Forms = {
    everything: {},
    regex: a('/^x/'),
    end: a({ endsWith: 'y' }),
    negated: a({ not: 'x' }),
    absent: a({ exists: false }),
    excepted: { except: { fields: { a: 'x' } } },
    twoFields: { fields: { a: { contains: 'x' }, b: { exists: true } } },
  };
  it.each<Row>([
    [{}, 'absent everything excepted negated', 'absent everything excepted negated'],
    [{ a: 'x' }, 'everything regex', 'everything excepted regex twoFields'],
    [{ a: 'x', b: null }, 'everything regex twoFields', 'everything excepted regex twoFields'],
    [{ a: 'y' }, 'end everything excepted negated', 'end everything excepted negated'],
  ])('%j: %p, having looked at %p', (data, found, lookedAt) => {
    expect(lookUp(forms, data)).toEqual([found, lookedAt]);
  });
});

describe('a rule with several necessaryConditions', () => {
  it('is found by the place where rules want the most different values', () => {
    const forms: Forms = {
      one: { fields: { a: 'same', b: 1 } },
      two: { fields: { a: 'same', b: 2 } },
    };
    expect(lookUp(forms, { a: 'same', b: 2 })).toEqual(['two', 'two']);
  });

  it('is found by an equality rather than by a comparison', () => {
    const forms: Forms = {
      one: { fields: { a: { gt: 0 }, b: 'x' } },
      two: { fields: { a: { gt: 1 }, b: 'x' } },
    };
    expect(lookUp(forms, { a: 5, b: 'y' })).toEqual(['', '']);
  });
});

describe('collect', () => {
  it('adds to what was found before', () => {
    const before = [{ rule: matchRule('before', {}), position: 9 }];
    expect(lookUp({ x: a('x') }, { a: 'x' }, before)[0]).toBe('before x');
    expect(lookUp({ x: a('x') }, { a: 'y' }, before)[0]).toBe('before x');
  });

  it('gives no array for an event without a indexedRule', () => {
    const index = new RuleIndex([{ rule: matchRule('x', a('x')), position: 0 }]);
    expect(index.collect({ a: 'y' }, undefined)).toBeUndefined();
  });
});
