import { lookOf } from './literal-look.js';

describe('lookOf', () => {
  it.each([
    ['10.0.0.0/8', 'range'],
    ['10.0/16', 'range'],
    ['2001:db8::/32', 'range'],
    ['10.0.0.1 - 10.0.0.99', 'range'],
    ['^admin.*', 'regex'],
    ['.*admin', 'regex'],
    ['.+@example.com', 'regex'],
    ['@example.com$', 'regex'],
    [String.raw`example\.com`, 'regex'],
    [String.raw`\d+`, 'regex'],
    [String.raw`\broot\b`, 'regex'],
    ['[a-z]+', 'regex'],
    ['(ann|bob)', 'regex'],
    ['/admin/x', 'regex'],
    ['data.user_name', 'path'],
    ['$.details.error', 'path'],
  ])('sees that %s looks like a %s', (text, look) => {
    expect(lookOf(text)).toBe(look);
  });

  it.each([
    '/^admin/i',
    'admin*',
    '*@mail.*',
    'login.*',
    'auth0|5f7c8ec7c33c6c004bbafe82',
    'google-oauth2|1',
    'ann@example.com',
    '203.0.113.9',
    '2001:db8::1',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)',
    '/oauth/token',
    '/api/v2/users/auth0|1/roles',
    'https://example.com/',
    String.raw`CORP\bob`,
    String.raw`CORP\dave`,
    'HOST01$',
    '/u/login',
    'Wrong email or password.',
    '2026/11/26',
    'US$ 5',
  ])('takes %s as it stands', (text) => {
    expect(lookOf(text)).toBeUndefined();
  });
});
