import { mergeDeep } from './merge-deep.js';

describe('mergeDeep', () => {
  it.each<[string, unknown, unknown, unknown]>([
    ['mappings key by key', { a: { b: 1, c: 2 } }, { a: { c: 3, d: 4 } }, { a: { b: 1, c: 3, d: 4 } }],
    ['a list as a whole', { a: [1, 2] }, { a: [3] }, { a: [3] }],
    ['a mapping over a text', { a: 'x' }, { a: { b: 1 } }, { a: { b: 1 } }],
    ['a text over a mapping', { a: { b: 1 } }, { a: 'x' }, { a: 'x' }],
    ['null over anything', { a: { b: 1 } }, { a: null }, { a: null }],
  ])('merges %s', (_case, base, change, expected) => {
    expect(mergeDeep(base, change)).toEqual(expected);
  });

  it('alters neither', () => {
    const base = { a: { b: 1 } };
    const change = { a: { c: 2 } };
    mergeDeep(base, change);
    expect([base, change]).toEqual([{ a: { b: 1 } }, { a: { c: 2 } }]);
  });

  it('takes __proto__ for a mere key', () => {
    const change = JSON.parse('{ "__proto__": { "enabled": true } }') as object;
    const merged = mergeDeep({}, change) as { enabled?: boolean };
    expect(merged.enabled).toBeUndefined();
    expect(Object.keys(merged)).toEqual(['__proto__']);
  });
});
