import { equalityOf } from './equality.js';

const at = { reader: 'field a', read: (data: Readonly<Record<string, unknown>>) => data['a'] };

describe('equalityOf', () => {
  it.each<readonly [form: unknown, reader: string, values: readonly unknown[]]>([
    ['x', 'field a', ['x']],
    [5, 'field a', [5]],
    [null, 'field a', [null]],
    [false, 'field a', [false]],
    [['x', 5, null], 'field a', ['x', 5, null]],
    [[], 'field a', []],
    [{ equals: 'x*' }, 'field a', ['x*']],
    [{ in: ['x', '/y/'] }, 'field a', ['x', '/y/']],
    [{ in: [] }, 'field a', []],
    [{ equals: 'x', contains: 'y' }, 'field a', ['x']],
    [{ equals: [1], in: [2, 3] }, 'field a', [2, 3]],
    ['ab*', 'first 2 of field a', ['ab']],
    ['a*b*', 'first 1 of field a', ['a']],
    [{ startsWith: 'abc' }, 'first 3 of field a', ['abc']],
    [{ startsWith: 'a*' }, 'first 2 of field a', ['a*']],
    [{ startsWith: 'abc', exists: true }, 'first 3 of field a', ['abc']],
  ])('takes from %j that %s is one of %j', (form, reader, values) => {
    expect(equalityOf(form, at)).toMatchObject({ kind: 'equality', reader, values });
  });

  it.each([
    ['*'],
    ['*b'],
    ['/^ab/'],
    ['/a*/'],
    [['x', 'y*']],
    [['x', '/y/i']],
    [{ not: 'x' }],
    [{ equals: { b: 1 } }],
    [{ equals: [1] }],
    [{ in: ['x', [1]] }],
    [{ startsWith: '' }],
    [{ startsWith: ['a', 'b'] }],
    [{ startsWith: { inList: 'words' } }],
    [{ matches: '^ab' }],
    [{ any: 'x' }],
    [{}],
  ])('takes nothing from %j', (form) => {
    expect(equalityOf(form, at)).toBeUndefined();
  });

  it.each<readonly [form: unknown, value: unknown, read: unknown]>([
    ['x', 'xyz', 'xyz'],
    ['x', ['x', 1], ['x', 1]],
    ['ab*', 'abc', 'ab'],
    ['ab*', 'a', 'a'],
    ['ab*', ['abc', 5, 'b'], ['ab', undefined, 'b']],
    ['ab*', 5, undefined],
    ['ab*', undefined, undefined],
  ])('for %j reads %j as %j', (form, a, read) => {
    expect(equalityOf(form, at)?.read({ a })).toEqual(read);
  });
});
