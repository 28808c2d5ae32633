import { mentionedIn, mentions } from './mentions.js';

describe('mentions', () => {
  it.each<readonly [text: string, value: string, expected: boolean]>([
    ['alice', 'alice', true],
    ['Login of Alice.', 'alice', true],
    ['user (alice), again', 'alice', true],
    ['malice', 'alice', false],
    ['alices', 'alice', false],
    ['alice@example.com', 'alice', false],
    ['bob.alice', 'alice', false],
    ['malice and alice', 'alice', true],
    ['alice@example.com', 'alice@example.com', true],
    ['mallory+alice@example.com', 'alice@example.com', false],
    ['from 192.0.2.1:443', '192.0.2.1', true],
    ['from 192.0.2.1.', '192.0.2.1', true],
    ['from 192.0.2.11', '192.0.2.1', false],
    ['from 1.192.0.2.1', '192.0.2.1', false],
    ['auth0|123', 'auth0|123', true],
    ['auth0|1234', 'auth0|123', false],
    ['Zoë', 'zoë', true],
    ['', 'alice', false],
  ])('%j has %j: %j', (text, value, expected) => {
    expect(mentions(text, value)).toBe(expected);
  });

  it('looks through JSON, however deep, and at names of properties', () => {
    let deep: unknown = ['alice'];
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(mentionedIn(deep, ['alice'])).toBe(true);
    expect(mentionedIn({ alice: 1 }, ['alice'])).toBe(true);
    expect(mentionedIn({ user: 'bob', list: [null, 1] }, ['alice', '1'])).toBe(false);
  });
});
