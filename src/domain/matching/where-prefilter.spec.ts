import { listsOf } from '../../../test/support/field-holds.js';
import { prefilterWhere } from './where-prefilter.js';

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
    [leaf('tags', 'contains', 'b'), 'yes'],
    [leaf('tags', 'contains', ['b']), 'maybe'],
    [leaf('ip', 'contains', '113'), 'yes'],
    [leaf('ip', 'contains', 113), 'yes'],
    [leaf('ip', 'contains', ['113']), 'maybe'],
    [leaf('ip', 'contains', null), 'no'],
    [leaf('tries', 'contains', 5), 'no'],
    [leaf('tags', 'doesNotContain', 'b'), 'no'],
    [leaf('tags', 'doesNotContain', ''), 'yes'],
    [leaf('ip', 'doesNotContain', '113'), 'no'],
    [leaf('tries', 'doesNotContain', 'x'), 'no'],
    [leaf('tries', 'not:equal', 5), 'no'],
    [leaf('tries', 'not:in', [4]), 'yes'],
    [leaf('tags', 'not:not:startsWith', 'b'), 'yes'],
    [leaf('tries', 'not:greaterThan', 5), 'yes'],
    [leaf('tags', 'not:someFact:equal', 'b'), 'maybe'],
    [leaf('tags', 'not:contains', ['b']), 'maybe'],
    [leaf('tags', 'someFact:equal', 'b'), 'maybe'],
    [leaf('absent', 'exists', false), 'yes'],
    [leaf('details', 'equal', 7, '$.error.code'), 'yes'],
    [leaf('event', 'equal', 7, '$.details.error.code'), 'yes'],
    [leaf('tries', 'equal', 5, '$.error.code'), 'yes'],
    [leaf('details', 'equal', 7, '$.error.none'), 'no'],
    [leaf('details', 'equal', 1, '$.list[0].n'), 'maybe'],
    [leaf('details', 'equal', 1, '$..n'), 'maybe'],
    [leaf('tags', 'equal', 2, '$.length'), 'no'],
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
