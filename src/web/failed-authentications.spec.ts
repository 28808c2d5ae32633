import { FakeClock } from '../../test/support/fake-clock.js';
import { FailedAuthentications, maxAddresses } from './failed-authentications.js';

describe('FailedAuthentications', () => {
  let clock: FakeClock;
  let failed: FailedAuthentications;

  beforeEach(() => {
    clock = new FakeClock();
    failed = new FailedAuthentications(3, clock);
  });

  const fail = (address: string, times: number): void => {
    for (let time = 0; time < times; time++) failed.add(address);
  };

  it('makes an address wait for the rest of a minute once it failed as often as it may', () => {
    fail('a', 2);
    expect(failed.wait('a')).toBe(0);
    clock.advance(20_000);
    fail('a', 1);
    expect(failed.wait('a')).toBe(40);
    expect(failed.wait('b')).toBe(0);
    clock.advance(39_500);
    expect(failed.wait('a')).toBe(1);
    clock.advance(500);
    expect(failed.wait('a')).toBe(0);
    fail('a', 2);
    expect(failed.wait('a')).toBe(0);
  });

  it('makes nobody wait longer than a minute, also when the clock is set back', () => {
    fail('a', 3);
    clock.advance(-3_600_000);
    expect(failed.wait('a')).toBe(0);
  });

  it('makes nobody wait where the limit is 0', () => {
    failed = new FailedAuthentications(0, clock);
    fail('a', 1_000);
    expect(failed.wait('a')).toBe(0);
  });

  it('keeps a bounded number of addresses, and of those the ones that failed last', () => {
    for (let index = 0; index < 3 * maxAddresses; index++) fail(`address-${index}`, 3);
    expect(failed.addresses).toBe(maxAddresses);
    expect(failed.wait('address-0')).toBe(0);
    expect(failed.wait(`address-${3 * maxAddresses - 1}`)).toBe(60);
  });
});
