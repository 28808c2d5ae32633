import { FakeClock } from '../../test/support/fake-clock.js';
import { RateLimitedLog } from './rate-limited-log.js';

describe('RateLimitedLog', () => {
  let lines: string[];
  let clock: FakeClock;
  let scarce: RateLimitedLog;

  beforeEach(() => {
    lines = [];
    clock = new FakeClock();
    scarce = new RateLimitedLog({ warn: (line) => void lines.push(line) }, clock, 2);
  });

  it('logs each key once a minute, and then says how much it left out', () => {
    for (let index = 0; index < 100; index++) scarce.warn('a', `a ${index}`);
    clock.advance(59_999);
    scarce.warn('a', 'too early');
    clock.advance(1);
    scarce.warn('a', 'again');
    clock.advance(60_000);
    scarce.warn('a', 'alone');
    expect(lines).toEqual(['a 0', 'again, and 100 more since the last such line', 'alone']);
  });

  it('logs no more keys a minute than it may', () => {
    for (const key of ['a', 'b', 'c', 'd']) scarce.warn(key, key);
    clock.advance(60_000);
    scarce.warn('c', 'c');
    expect(lines).toEqual(['a', 'b', 'c, and 2 more since the last such line']);
  });

  it('goes on after the clock was set back', () => {
    scarce.warn('a', 'before');
    clock.advance(-3_600_000);
    scarce.warn('a', 'after');
    expect(lines).toEqual(['before', 'after']);
  });
});
