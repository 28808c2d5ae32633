import { summaryAt, throttle, type ThrottleState } from './throttle.js';

const hour = 3_600_000;
const now = Date.parse('2026-11-20T12:00:00Z');

describe('throttle', () => {
  it('sends the first alert of a key, which starts a period', () => {
    expect(throttle(undefined, hour, now)).toEqual({
      kind: 'send',
      state: { until: now + hour, suppressed: 0 },
    });
  });

  it('holds and counts what comes within the period, from the first on', () => {
    const first = throttle({ until: now + hour, suppressed: 0 }, hour, now + 1000);
    expect(first).toEqual({
      kind: 'suppress',
      state: { until: now + hour, suppressed: 1, suppressedSince: now + 1000 },
    });
    expect(throttle(first.state, hour, now + 2000).state).toEqual({
      until: now + hour,
      suppressed: 2,
      suppressedSince: now + 1000,
    });
  });

  it('sends the first alert after the period, which says how many were suppressed', () => {
    const state: ThrottleState = { until: now, suppressed: 7, suppressedSince: now - 1000 };
    expect(throttle(state, hour, now)).toEqual({
      kind: 'send',
      state: { until: now + hour, suppressed: 0 },
      suppressed: { count: 7, since: now - 1000 },
    });
  });

  it('holds nothing back for longer than a period when the clock has gone back', () => {
    const begunInTheFuture = { until: now + 25 * hour, suppressed: 0 };
    expect(throttle(begunInTheFuture, hour, now).kind).toBe('send');
  });

  it('suppresses an alert of a transaction that looked at its clock shortly before the one that it waited for', () => {
    const begunAfterwards = { until: now + hour + 15_000, suppressed: 0 };
    expect(throttle(begunAfterwards, hour, now).kind).toBe('suppress');
    expect(throttle({ ...begunAfterwards, until: now + hour + 15_001 }, hour, now).kind).toBe('send');
  });

  it('summarises what was suppressed soon after the period, later for longer ones', () => {
    expect(summaryAt({ until: now, suppressed: 1 }, 2000)).toBe(now + 2000);
    expect(summaryAt({ until: now, suppressed: 1 }, hour)).toBe(now + 30_000);
  });
});
