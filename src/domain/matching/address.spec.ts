import { isRange, parseRange } from './address.js';

describe('parseRange', () => {
  it.each<readonly [range: string, address: string, expected: boolean]>([
    ['203.0.113.0/24', '203.0.113.0', true],
    ['203.0.113.0/24', '203.0.113.255', true],
    ['203.0.113.0/24', '203.0.112.255', false],
    ['203.0.113.77/24', '203.0.113.1', true],
    ['203.0.113.9', '203.0.113.9', true],
    ['203.0.113.9', '203.0.113.10', false],
    ['203.0.113.9/32', '203.0.113.10', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['10.0.0.0/9', '10.127.255.255', true],
    ['10.0.0.0/9', '10.128.0.0', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:db8::77/64', '2001:DB8::1', true],
    ['2001:db8::1', '2001:0db8:0000:0000:0000:0000:0000:0001', true],
    ['2001:db8::1/128', '2001:db8::2', false],
    ['::/0', '2001:db8::1', true],
    ['::/0', '203.0.113.9', false],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['203.0.113.0/24', '::ffff:203.0.113.9', true],
    ['203.0.113.0/24', '::ffff:cb00:7109', true],
    ['203.0.113.9', '::ffff:203.0.113.9', true],
    ['::ffff:203.0.113.0/120', '203.0.113.9', true],
    ['::ffff:203.0.113.0/120', '::ffff:203.0.113.9', true],
    ['::ffff:203.0.113.0/120', '203.0.114.9', false],
    ['::ffff:203.0.113.9', '203.0.113.9', true],
    ['::ffff:0:0/96', '8.8.8.8', true],
    ['::/0', '::ffff:203.0.113.9', false],
    ['203.0.113.0/24', 'localhost', false],
    ['203.0.113.0/24', '', false],
    ['203.0.113.0/24', '203.0.113', false],
    ['203.0.113.0/24', '203.0.113.9/32', false],
    ['203.0.113.0/24', ' 203.0.113.9', false],
    ['203.0.113.0/24', '203.0.113.9.', false],
    ['0.0.0.0/0', '2130706433', false],
    ['0.0.0.0/0', '0x7f000001', false],
    ['0.0.0.0/0', '0177.0.0.1', false],
    ['0.0.0.0/0', '127.1', false],
    ['::/0', ':::', false],
  ])('%s contains %p: %p', (range, address, expected) => {
    expect(parseRange(range)?.contains(address)).toBe(expected);
  });

  it.each([
    '',
    'office',
    '203.0.113',
    '203.0.113.0/33',
    '203.0.113.0/-1',
    '203.0.113.0/',
    '203.0.113.0/24/8',
    '203.0.113.0/255.255.255.0',
    '203.0.113.256',
    '203.0.113.0/2x',
    '203.0.113.0/ 24',
    '2001:db8::/129',
    '2001:db8:::/32',
    '::ffff:203.0.113.0/129',
    '/24',
    '10/8',
  ])('%p is no range', (text) => {
    expect(parseRange(text)).toBeUndefined();
  });
});

describe('a range', () => {
  it('answers for the address it is asked about, whichever came before it', () => {
    const ranges = ['10.0.0.0/8', '::ffff:192.0.2.0/120'].map((text) => parseRange(text));
    const addresses = ['10.0.0.1', '192.0.2.1', 'localhost', '10.0.0.1', '::ffff:10.0.0.1', '192.0.2.1'];
    const answers = addresses.map((address) => ranges.map((range) => range?.contains(address)));
    expect(answers).toEqual([
      [true, false],
      [false, true],
      [false, false],
      [true, false],
      [true, false],
      [false, true],
    ]);
  });
});

describe('isRange', () => {
  it.each([
    ['203.0.113.0/24', true],
    ['203.0.113.9/32', true],
    ['2001:db8::/32', true],
    ['203.0.113.9', false],
    ['2001:db8::1', false],
    ['203.0.113.0/33', false],
    ['a/b', false],
  ])('%p: %p', (text, expected) => {
    expect(isRange(text)).toBe(expected);
  });
});
