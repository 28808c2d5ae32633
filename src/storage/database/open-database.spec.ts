import { sqlitePath } from './open-database.js';

describe('sqlitePath', () => {
  it.each([
    ['sqlite:data/router.db', 'data/router.db'],
    ['sqlite://data/router.db', 'data/router.db'],
    ['sqlite://./router.db', './router.db'],
    ['sqlite:/data/router.db', '/data/router.db'],
    ['sqlite:///data/router.db', '/data/router.db'],
    ['sqlite::memory:', ':memory:'],
    ['sqlite://:memory:', ':memory:'],
    ['postgres://db/router', undefined],
  ])('of %s is %s', (url, path) => {
    expect(sqlitePath(url)).toBe(path);
  });
});
