import { listsOf } from '../../../test/support/field-holds.js';
import { compileTest, fieldOperators, type TestFault } from './compile-test.js';
import { testHolds } from './value-test.js';

const lists = listsOf({ trusted: ['office'], mixed: ['^ok$', '(?=no)'], words: ['office', '10.0.0.0/8'] });

function faultsOf(form: unknown): TestFault[] {
  const faults: TestFault[] = [];
  compileTest(form, lists, (fault) => faults.push(fault));
  return faults;
}

function placesOf(form: unknown): string[] {
  return faultsOf(form).map((fault) => [fault.code, ...fault.at].join(' '));
}

describe('the faults of a test', () => {
  it.each<readonly [form: unknown, faults: readonly string[]]>([
    ['/(?=a)/', ['invalid-regex']],
    ['/(a)\\1/', ['invalid-regex']],
    ['/(/', ['invalid-regex']],
    [
      ['a', '/(?!a)/', 'b*', '/[/'],
      ['invalid-regex 1', 'invalid-regex 3'],
    ],
    [[['a']], ['invalid-value 0']],
    [['a', { not: 'b' }], ['invalid-value 1']],
    [{}, ['invalid-value']],
    [undefined, ['invalid-value']],
    [{ matches: '(?<=a)b' }, ['invalid-regex matches']],
    [{ matches: ['a', '('] }, ['invalid-regex matches 1']],
    [{ matches: { inList: 'mixed' } }, ['invalid-regex matches inList']],
    [{ matches: null }, ['invalid-value matches']],
    [{ matches: {} }, ['invalid-value matches']],
    [{ startsWith: { prefix: 'a' } }, ['invalid-value startsWith']],
    [{ startsWith: { inList: 'trusted', not: 'a' } }, ['invalid-value startsWith']],
    [{ endsWith: ['a', null] }, ['invalid-value endsWith 1']],
    [{ contains: [['a']] }, ['invalid-value contains 0']],
    [{ contains: { inList: 'absent' } }, ['unknown-list contains inList']],
    [{ cidr: '10.0.0.0/33' }, ['invalid-value cidr']],
    [{ cidr: 'office' }, ['invalid-value cidr']],
    [{ cidr: ['10.0.0.0/8', '10.1'] }, ['invalid-value cidr 1']],
    [{ cidr: { inList: 'words' } }, ['invalid-value cidr inList']],
    [{ cidr: 10 }, ['invalid-value cidr']],
    [{ inList: 'absent' }, ['unknown-list inList']],
    [{ inList: ['trusted'] }, ['unknown-list inList']],
    [{ in: 'a' }, ['invalid-value in']],
    [{ in: { inList: 'trusted' } }, ['invalid-value in']],
    [{ gt: 'ten' }, ['invalid-value gt']],
    [{ gte: '' }, ['invalid-value gte']],
    [{ lt: [5] }, ['invalid-value lt']],
    [{ lte: null }, ['invalid-value lte']],
    [{ gt: true }, ['invalid-value gt']],
    [{ exists: 'yes' }, ['invalid-value exists']],
    [{ exists: null }, ['invalid-value exists']],
    [{ size: 'three' }, ['invalid-value size']],
    [{ size: '3' }, ['invalid-value size']],
    [{ size: null }, ['invalid-value size']],
    [{ size: { gt: 'ten' } }, ['invalid-value size gt']],
    [{ size: {} }, ['invalid-value size']],
    [{ any: '/(/' }, ['invalid-regex any']],
    [{ all: { not: ['a', '/(/'] } }, ['invalid-regex all not 1']],
    [{ not: {} }, ['invalid-value not']],
    [{ not: { not: { inList: 'absent' } } }, ['unknown-list not not inList']],
    [{ starts_with: 'a' }, ['unknown-operator starts_with']],
    [{ constructor: 'a' }, ['unknown-operator constructor']],
    [{ not: { Equals: 'a' } }, ['unknown-operator not Equals']],
    [
      { gt: 'a', nope: 1, matches: '(' },
      ['invalid-value gt', 'unknown-operator nope', 'invalid-regex matches'],
    ],
  ])('%p has %p', (form, faults) => {
    expect(placesOf(form)).toEqual(faults);
  });

  it.each([
    [['a', 1, true, null, '/b/', 'c*']],
    [[]],
    [{ in: [] }],
    [{ equals: { any: 'thing' } }],
    [{ matches: { inList: 'trusted' } }],
    [{ size: { not: 3 } }],
    [{ lt: '10' }],
  ])('%p has none', (form) => {
    expect(faultsOf(form)).toEqual([]);
  });

  it('name what is not known and what is', () => {
    const [list] = faultsOf({ inList: 'trustd' });
    expect(list).toMatchObject({ name: 'trustd', message: 'there is no list "trustd"' });
    expect(list?.hint).toContain('trusted');
    const [operator] = faultsOf({ startWith: 'a' });
    expect(operator).toMatchObject({ name: 'startWith', message: 'there is no operator "startWith"' });
    for (const name of fieldOperators) expect(operator?.hint).toContain(name);
  });

  it('say what RE2 can not take', () => {
    expect(faultsOf('/(?=a)/')[0]?.message).toMatch(/RE2.*\(\?=/);
  });

  it('say what to write instead', () => {
    for (const form of [
      { cidr: 'x' },
      { exists: 1 },
      { in: 1 },
      { gt: 'x' },
      { size: 'x' },
      { matches: '(' },
    ]) {
      expect(faultsOf(form)[0]?.hint).not.toBe('');
    }
  });

  it('leave a test that can still be asked', () => {
    const test = compileTest({ matches: '(', nope: 1 }, lists, () => {});
    expect(testHolds(test, 'anything')).toBe(false);
  });
});
