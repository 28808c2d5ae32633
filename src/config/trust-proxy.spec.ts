import { parseTrustProxy } from './trust-proxy.js';

describe('parseTrustProxy', () => {
  it.each([
    ['0', 0],
    ['1', 1],
    ['10', 10],
    ['10.0.0.1', ['10.0.0.1']],
    ['10.0.0.0/8, fd00::/8,,192.0.2.7', ['10.0.0.0/8', 'fd00::/8', '192.0.2.7']],
    ['::1', ['::1']],
  ])('reads %j', (text, expected) => {
    expect(parseTrustProxy(text)).toEqual(expected);
  });

  it.each([
    'true',
    'loopback',
    'proxy.example.com',
    '-1',
    '1.5',
    '11',
    '10.1',
    '10.0.0.0/33',
    'fd00::/129',
    'fe80::1%eth0',
    '10.0.0.1, nginx',
    ',',
  ])('does not take %j', (text) => {
    expect(parseTrustProxy(text)).toBeUndefined();
  });
});
