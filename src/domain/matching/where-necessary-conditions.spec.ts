import { necessaryConditionsOfWhere } from './where-necessary-conditions.js';

const leaf = (fact: string, operator: string, value: unknown, path?: string) =>
  path === undefined ? { fact, operator, value } : { fact, path, operator, value };

describe('necessaryConditionsOfWhere', () => {
  /** Each requirement as its clues: where it looks, and the values or the limit. */
  const reported = (form: unknown): string[] =>
    necessaryConditionsOfWhere(form).map((necessaryCondition) =>
      necessaryCondition
        .map((term) =>
          term.kind === 'equality'
            ? `${term.reader} ${JSON.stringify(term.values)}`
            : `${term.reader} ${term.inclusive ? '>=' : '>'} ${term.limit}`,
        )
        .join(' or '),
    );

  it.each<readonly [form: unknown, necessaryConditions: readonly string[]]>([
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
  ])('%j: %j', (form, necessaryConditions) => {
    expect(reported(form)).toEqual(necessaryConditions);
  });
});
