import { nearest, suggest } from './nearest.js';

const keys = ['id', 'name', 'match', 'severity', 'channels', 'types'];

describe('nearest', () => {
  it.each([
    ['sevrity', 'severity'],
    ['Severity', 'severity'],
    ['macth', 'match'],
    ['tpyes', 'types'],
    ['channel', 'channels'],
    ['ids', 'id'],
  ])('takes %s for %s', (name, expected) => {
    expect(nearest(name, keys)).toBe(expected);
  });

  it.each(['window', 'x', 'desc', ''])('makes no guess at "%s"', (name) => {
    expect(nearest(name, keys)).toBeUndefined();
  });

  it('does not take one letter for another', () => {
    expect(nearest('x', ['s', 'f'])).toBeUndefined();
    expect(nearest('S', ['s', 'f'])).toBe('s');
  });

  it('takes the nearest of several', () => {
    expect(nearest('limit_wx', ['limit_mu', 'limit_wc', 'limit_delegation'])).toBe('limit_wc');
  });
});

describe('suggest', () => {
  it('names the nearest', () => {
    expect(suggest('nmae', keys, 'remove it')).toBe('did you mean "name"?');
  });

  it('names all where none is near', () => {
    expect(suggest('window', ['id', 'name'], 'remove it')).toBe('write one of: id, name');
  });

  it.each([0, 31])('says something else where there are %d', (length) => {
    expect(
      suggest(
        'window',
        Array.from({ length }, (_, index) => `k${index}`),
        'remove it',
      ),
    ).toBe('remove it');
  });
});
