import { listsOf } from '../../../test/support/field-holds.js';
import { prefilterWhere, requirementsOfWhere } from './where-prefilter.js';

const lists = listsOf({ trusted: ['203.0.113.0/24'] });
const leaf = (fact: string, operator: string, value: unknown, path?: string) =>
  path === undefined ? { fact, operator, value } : { fact, path, operator, value };
const yes = leaf('ip', 'equal', '203.0.113.9');
const no = leaf('ip', 'equal', 'x');
const maybe = leaf('ip', 'equal', { fact: 'ip' });

describe('prefilterWhere', () => {
  const data = {
    ip: '203.0.113.9',
    tries: 5,
    tags: ['a', 'b'],
    details: { error: { code: 7 }, list: [{ n: 1 }] },
  };

  it.each<readonly [form: unknown, verdict: string]>([
    [yes, 'yes'],
    [no, 'no'],
    [maybe, 'maybe'],
    [{ ...yes, name: 'named' }, 'yes'],
    [{ ...yes, priority: 5 }, 'maybe'],
    [{ ...yes, params: {} }, 'maybe'],
    [leaf('ip', 'notEqual', 'x'), 'yes'],
    [leaf('absent', 'notEqual', 'x'), 'yes'],
    [leaf('tries', 'in', [4, 5]), 'yes'],
    [leaf('tries', 'in', ['5']), 'no'],
    [leaf('tries', 'in', '5'), 'maybe'],
    [leaf('tries', 'notIn', [4, 5]), 'no'],
    [leaf('tries', 'greaterThan', 5), 'no'],
    [leaf('tries', 'greaterThanInclusive', 5), 'yes'],
    [leaf('tries', 'lessThan', 6), 'yes'],
    [leaf('tries', 'lessThanInclusive', '4'), 'no'],
    [leaf('tries', 'greaterThan', [4]), 'maybe'],
    [leaf('tries', 'gt', '4'), 'yes'],
    [leaf('ip', 'cidr', '203.0.0.0/16'), 'yes'],
    [leaf('ip', 'inList', 'trusted'), 'yes'],
    [leaf('ip', 'inList', 'unknown'), 'maybe'],
    [leaf('tags', 'equals', 'b'), 'yes'],
    [leaf('tags', 'equal', 'b'), 'no'],
    [leaf('tags', 'contains', 'b'), 'maybe'],
    [leaf('tags', 'someFact:equal', 'b'), 'maybe'],
    [leaf('absent', 'exists', false), 'yes'],
    [leaf('details', 'equal', 7, '$.error.code'), 'yes'],
    [leaf('event', 'equal', 7, '$.details.error.code'), 'yes'],
    [leaf('tries', 'equal', 5, '$.error.code'), 'yes'],
    [leaf('details', 'equal', 7, '$.error.none'), 'no'],
    [leaf('details', 'equal', 1, '$.list[0].n'), 'maybe'],
    [leaf('details', 'equal', 1, '$..n'), 'maybe'],
    [leaf('tags', 'equal', 2, '$.length'), 'maybe'],
    [leaf('toString', 'exists', false), 'yes'],
    ['text', 'maybe'],
  ])('%j: %s', (form, verdict) => {
    expect(prefilterWhere(form, lists)(data)).toBe(verdict);
  });

  it.each<readonly [group: 'all' | 'any', inner: readonly unknown[], verdict: string]>([
    ['all', [yes, yes], 'yes'],
    ['all', [yes, maybe], 'maybe'],
    ['all', [maybe, no], 'no'],
    ['all', [], 'maybe'],
    ['any', [no, no], 'no'],
    ['any', [no, maybe], 'maybe'],
    ['any', [maybe, yes], 'yes'],
    ['any', [], 'maybe'],
    ['any', [{ all: [yes, no] }, { not: no }], 'yes'],
  ])('%s of %j: %s', (group, inner, verdict) => {
    expect(prefilterWhere({ [group]: inner }, lists)(data)).toBe(verdict);
  });

  it.each<readonly [inner: unknown, verdict: string]>([
    [yes, 'no'],
    [no, 'yes'],
    [maybe, 'maybe'],
  ])('not %j: %s', (inner, verdict) => {
    expect(prefilterWhere({ not: inner }, lists)(data)).toBe(verdict);
  });
});

describe('requirementsOfWhere', () => {
  /** Each requirement as its clues: where it looks, and the values or the limit. */
  const told = (form: unknown): string[] =>
    requirementsOfWhere(form).map((requirement) =>
      requirement
        .map((clue) =>
          clue.kind === 'equality'
            ? `${clue.reader} ${JSON.stringify(clue.values)}`
            : `${clue.reader} ${clue.inclusive ? '>=' : '>'} ${clue.limit}`,
        )
        .join(' or '),
    );

  it.each<readonly [form: unknown, requirements: readonly string[]]>([
    [leaf('a', 'equal', 'x'), ['fact a ["x"]']],
    [leaf('a', 'equals', 'x'), ['fact a ["x"]']],
    [leaf('a', 'in', ['x', 1]), ['fact a ["x",1]']],
    [leaf('a', 'equal', 'x', '$.b.c'), ['fact a $.b.c ["x"]']],
    [leaf('a', 'startsWith', 'xy'), ['first 2 of fact a ["xy"]']],
    [leaf('a', 'gt', 5), ['greatest number of fact a > 5']],
    [leaf('a', 'lte', '5'), ['least number of fact a >= -5']],
    [leaf('a', 'greaterThan', 5), ["greatest number of engine's number of fact a > 5"]],
    [leaf('a', 'greaterThanInclusive', 5), ["greatest number of engine's number of fact a >= 5"]],
    [leaf('a', 'lessThan', 5), ["least number of engine's number of fact a > -5"]],
    [leaf('a', 'lessThanInclusive', 5), ["least number of engine's number of fact a >= -5"]],
    [leaf('a', 'greaterThan', '5'), []],
    [leaf('a', 'equal', [1]), []],
    [leaf('a', 'equal', 'x', '$..b'), []],
    [leaf('a', 'notEqual', 'x'), []],
    [leaf('a', 'not', 'x'), []],
    [leaf('a', 'not:equal', 'x'), []],
    [leaf('a', 'matches', '^x'), []],
    [leaf('a', 'equal', { fact: 'b' }), []],
    [{ all: [leaf('a', 'equal', 1), leaf('b', 'gt', 2)] }, ['fact a [1]', 'greatest number of fact b > 2']],
    [{ all: [] }, []],
    [{ any: [leaf('a', 'equal', 1), leaf('b', 'gt', 2)] }, ['fact a [1] or greatest number of fact b > 2']],
    [{ any: [leaf('a', 'equal', 1), leaf('b', 'matches', 'x')] }, []],
    [{ any: [{ all: [leaf('a', 'gt', 1), leaf('b', 'equal', 2)] }] }, ['fact b [2]']],
    [{ any: [{ all: [leaf('a', 'gt', 1), leaf('b', 'notEqual', 2)] }] }, ['greatest number of fact a > 1']],
    [{ any: [] }, []],
    [{ not: leaf('a', 'equal', 1) }, []],
    ['text', []],
  ])('%j: %j', (form, requirements) => {
    expect(told(form)).toEqual(requirements);
  });
});
