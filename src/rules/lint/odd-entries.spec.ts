import { reportOddEntries } from './odd-entries.js';

function oddOf(entries: readonly unknown[]): unknown[] {
  const odd: unknown[] = [];
  reportOddEntries(entries, (index) => odd.push(entries[index]));
  return odd;
}

describe('reportOddEntries', () => {
  it.each([
    '203.0.113.0/33',
    '203.0.113.999',
    '203.0.113.9,',
    '203.0.113.9:443',
    '203.0.113.9-203.0.113.20',
    '203.0.113.0/255.255.255.0',
    '203.0.113.0 /24',
    '10.0/8',
    '10.*',
    '10.0.0.x',
    '"203.0.113.9"',
    '2001:db8::/129',
    '2001:db8:::1',
    '[2001:db8::1]',
  ])('reports %s', (entry) => {
    expect(oddOf([entry])).toEqual([entry]);
  });

  it.each([
    '203.0.113.9',
    '203.0.113.0/24',
    '2001:db8::/32',
    '::ffff:203.0.113.9',
    'aa:bb:cc:dd:ee:ff',
    '12:30:00',
    '1.2.3',
    '1.2',
    'example.com',
    'ann@203.0.113.9.example',
    'read:users',
    'create:client_grants',
    'auth0|1',
    5,
    true,
    null,
  ])('leaves %s', (entry) => {
    expect(oddOf([entry])).toEqual([]);
  });

  it('takes numbers and dots among addresses for one', () => {
    expect(oddOf(['203.0.113.9', '203.0.113.10', '203.0.113'])).toEqual(['203.0.113']);
  });
});
