import { bearerCheck, tokenCheck } from './tokens.js';

const tokens = ['old-token', 'new-token', 'Bearer kept-with-its-scheme'];

describe('tokenCheck', () => {
  const accepts = tokenCheck(tokens);

  it.each([
    ['a token', 'new-token'],
    ['a token that is rotated out', 'old-token'],
    ['a bearer', 'Bearer new-token'],
    ['a bearer in small letters', 'bearer new-token'],
    ['a token that was set with its scheme', 'Bearer kept-with-its-scheme'],
  ])('accepts %s', (_case, header) => {
    expect(accepts(header)).toBe(true);
  });

  it.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['another token', 'other'],
    ['the beginning of a token', 'new-toke'],
    ['a token and more', 'new-token2'],
    ['a token in other letters', 'NEW-TOKEN'],
    ['several tokens', 'old-token, new-token'],
    ['the scheme alone', 'Bearer'],
    ['the scheme twice', 'Bearer Bearer new-token'],
    ['another scheme', 'Basic new-token'],
  ])('refuses %s', (_case, header) => {
    expect(accepts(header)).toBe(false);
  });

  it('accepts nothing when there is no token', () => {
    expect(tokenCheck([])('')).toBe(false);
  });
});

describe('bearerCheck', () => {
  const accepts = bearerCheck('admin-token');

  it.each(['Bearer admin-token', 'bearer admin-token', 'BEARER  admin-token'])('accepts %s', (header) => {
    expect(accepts(header)).toBe(true);
  });

  it.each([undefined, '', 'admin-token', 'Beareradmin-token', 'Basic admin-token', 'Bearer', 'Bearer other'])(
    'refuses %s',
    (header) => {
      expect(accepts(header)).toBe(false);
    },
  );

  it('accepts a token that was set with its scheme', () => {
    expect(bearerCheck('Bearer admin-token')('Bearer admin-token')).toBe(true);
  });
});
