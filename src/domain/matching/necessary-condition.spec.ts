import { necessaryConditionOfField } from './necessary-condition.js';

describe('necessaryConditionOfField', () => {
  it.each<readonly [form: unknown, term: Readonly<Record<string, unknown>>]>([
    ['x', { kind: 'equality', reader: 'field a.b', values: ['x'] }],
    [{ startsWith: 'x' }, { kind: 'equality', reader: 'first 1 of field a.b', values: ['x'] }],
    [{ gt: 5 }, { kind: 'comparison', reader: 'greatest number of field a.b', limit: 5 }],
    [
      { gt: 5, in: [6, 7] },
      { kind: 'equality', reader: 'field a.b', values: [6, 7] },
    ],
  ])('is, for %j, %j', (form, term) => {
    expect(necessaryConditionOfField('a.b', form)).toEqual([expect.objectContaining(term)]);
  });

  it.each([{ exists: false }, { not: { gt: 5 } }, { size: { gt: 5 } }, { any: { gt: 5 } }, '*x', ['x*']])(
    'is none for %j',
    (form) => {
      expect(necessaryConditionOfField('a.b', form)).toBeUndefined();
    },
  );

  it('reads through arrays, as fields do', () => {
    const [term] = necessaryConditionOfField('a.b', { lt: 5 }) ?? [];
    expect(term?.read({ a: [{ b: 3 }, { b: [2] }, {}] })).toBe(-2);
  });
});
