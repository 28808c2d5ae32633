import { withoutPlaces } from './without-places.js';

describe('withoutPlaces', () => {
  const value = { a: { b: [1, { c: 2, d: 3 }, 4], e: 5 }, f: 6 };

  it('leaves out what is at the places, and copies', () => {
    expect(withoutPlaces(value, [['a', 'b', 1, 'c'], ['f'], ['absent', 'x']])).toEqual({
      a: { b: [1, { d: 3 }, 4], e: 5 },
    });
    expect(value.a.b).toHaveLength(3);
    expect(value.f).toBe(6);
  });

  it('keeps the indexes of lists', () => {
    const list = withoutPlaces(['a', 'b', 'c'], [[1]]) as string[];
    const seen: string[] = [];
    list.forEach((entry, index) => seen.push(`${index}${entry}`));
    expect(seen).toEqual(['0a', '2c']);
  });

  it('leaves out the whole where a place inside it is named too', () => {
    expect(withoutPlaces(value, [['a', 'b', 0], ['a']])).toEqual({ f: 6 });
  });
});
