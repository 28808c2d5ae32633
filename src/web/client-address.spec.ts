import { clientAddress } from './client-address.js';

describe('clientAddress', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['192.0.2.7:51234', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
    ['::1', '::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['unknown', 'unknown'],
    ['x'.repeat(1_000), 'unknown'],
    ['', 'unknown'],
    [undefined, 'unknown'],
  ])('of %s is %s', (ip, expected) => {
    expect(clientAddress(ip)).toBe(expected);
  });

  it('is one for all of an IPv6 network, and another for the next', () => {
    const of = (host: string): string => clientAddress(`2001:db8:0:1${host}`);
    expect(of('::1')).toBe(of(':ffff:ffff:ffff:ffff'));
    expect(of('::1')).not.toBe(clientAddress('2001:db8:0:2::1'));
  });
});
