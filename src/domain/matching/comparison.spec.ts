import { comparisonOf } from './comparison.js';

const reader = { reader: 'field n', read: (data: Readonly<Record<string, unknown>>) => data['n'] };

describe('comparisonOf', () => {
  it.each<readonly [operators: Record<string, unknown>, reader: string, limit: number, inclusive: boolean]>([
    [{ gt: 5 }, 'greatest number of field n', 5, false],
    [{ gte: 5 }, 'greatest number of field n', 5, true],
    [{ lt: 5 }, 'least number of field n', -5, false],
    [{ lte: -5 }, 'least number of field n', 5, true],
    [{ gt: ' 5 ' }, 'greatest number of field n', 5, false],
    [{ gt: Infinity }, 'greatest number of field n', Infinity, false],
    [{ lt: 9, gt: 1 }, 'greatest number of field n', 1, false],
    [{ gt: Number.NaN, lt: 9 }, 'least number of field n', -9, false],
    [{ contains: 'x', gte: 2 }, 'greatest number of field n', 2, true],
  ])('takes %p from its %s, limit %p, inclusive %p', (operators, name, limit, inclusive) => {
    expect(comparisonOf(operators, reader)).toMatchObject({
      kind: 'comparison',
      reader: name,
      limit,
      inclusive,
    });
  });

  it.each([{}, { equals: 5 }, { gt: 'x' }, { gt: '' }, { gt: null }, { gt: [5] }, { gt: Number.NaN }])(
    '%p has none',
    (operators) => {
      expect(comparisonOf(operators, reader)).toBeUndefined();
    },
  );

  it.each<readonly [value: unknown, greatest: number, least: number]>([
    [5, 5, -5],
    ['5', 5, -5],
    [' 0x10 ', 16, -16],
    [-Infinity, -Infinity, Infinity],
    [[3, '7', 5], 7, -3],
    [['x', 3, null, -4], 3, 4],
    [[Number.NaN, 3], 3, -3],
    [[3, Number.NaN], 3, -3],
    [[[9], 3], 3, -3],
    ['5 times', Number.NaN, Number.NaN],
    ['', Number.NaN, Number.NaN],
    [true, Number.NaN, Number.NaN],
    [null, Number.NaN, Number.NaN],
    [undefined, Number.NaN, Number.NaN],
    [{ valueOf: 5 }, Number.NaN, Number.NaN],
    [[], Number.NaN, Number.NaN],
    [['x'], Number.NaN, Number.NaN],
  ])('reads %p as %p, or negated as %p', (n, greatest, least) => {
    expect(comparisonOf({ gt: 0 }, reader)?.read({ n })).toBe(greatest);
    expect(comparisonOf({ lt: 0 }, reader)?.read({ n })).toBe(least);
  });
});
