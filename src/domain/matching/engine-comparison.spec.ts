import { engineComparisons, numberAsEngine } from './engine-comparison.js';

const hostile: unknown = JSON.parse('{"toString":1,"valueOf":2}');
let deep: unknown[] = [1];
for (let depth = 0; depth < 100_000; depth++) deep = [deep];

describe('engineComparisons', () => {
  it.each<readonly [operator: string, value: unknown, limit: unknown, expected: boolean]>([
    ['lessThan', 4, 5, true],
    ['lessThan', 5, 5, false],
    ['lessThanInclusive', 5, 5, true],
    ['lessThanInclusive', 6, 5, false],
    ['greaterThan', 6, 5, true],
    ['greaterThan', 5, 5, false],
    ['greaterThanInclusive', 5, 5, true],
    ['greaterThanInclusive', 4, 5, false],
    ['greaterThan', '6', 5, true],
    ['greaterThan', '10', '9', false],
    ['greaterThan', '10', 9, true],
    ['greaterThan', '6 times', 5, false],
    ['greaterThan', '6 times', '5', true],
    ['greaterThan', 'x', 'a', false],
    ['greaterThan', true, 0, false],
    ['lessThan', null, 5, false],
    ['lessThan', undefined, 5, false],
    ['greaterThan', [6], 5, true],
    ['greaterThan', [6, 7], 5, false],
    ['greaterThan', 1, null, true],
    ['lessThan', hostile, 5, false],
    ['lessThan', 4, hostile, false],
    ['lessThan', deep, 5, false],
  ])('%s, case %#', (operator, value, limit, expected) => {
    expect(engineComparisons.get(operator)?.(value, limit)).toBe(expected);
  });

  it('knows no other operator', () => {
    expect(engineComparisons.get('equal')).toBeUndefined();
  });
});

describe('numberAsEngine', () => {
  const values = [
    [4, 5, 6, Infinity, '4', ' 5', '6 times', '0x10', '1e999', '', 'x', true, null, undefined, hostile],
    [[], [4], [6], ['5'], [[6]], [6, 7], [null], {}, deep],
  ].flat();

  it('holds for a limit exactly where the comparison does', () => {
    for (const value of values) {
      for (const limit of [-1, 0, 5, 16, Infinity]) {
        const number = numberAsEngine(value);
        expect(number > limit).toBe(engineComparisons.get('greaterThan')?.(value, limit));
        expect(number >= limit).toBe(engineComparisons.get('greaterThanInclusive')?.(value, limit));
        expect(number < limit).toBe(engineComparisons.get('lessThan')?.(value, limit));
        expect(number <= limit).toBe(engineComparisons.get('lessThanInclusive')?.(value, limit));
      }
    }
  });
});
