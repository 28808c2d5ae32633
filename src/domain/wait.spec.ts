import { waitAt } from './wait.js';

const now = Date.parse('2026-11-20T12:00:00Z');
const minute = 60_000;
const hour = 60 * minute;

describe('a wait', () => {
  it('stays as it is when it began before now', () => {
    for (const wait of [
      { since: now - hour, until: now + hour },
      { since: now - hour, until: now - minute },
      { since: now, until: now },
    ])
      expect(waitAt(wait, now)).toEqual(wait);
  });

  it('begins now, and is as long as it was, when it was written by a clock that has gone back', () => {
    expect(waitAt({ since: now + hour, until: now + hour + minute }, now)).toEqual({
      since: now,
      until: now + minute,
    });
  });

  it('ends no further ahead than its limit, whenever it began', () => {
    const limited = { until: now + minute };
    expect(waitAt({ since: now - hour, until: now + hour }, now, minute)).toMatchObject(limited);
    expect(waitAt({ since: now + hour, until: now + 3 * hour }, now, minute)).toMatchObject(limited);
  });

  it('is never made longer', () => {
    expect(waitAt({ since: now + hour, until: now }, now, minute).until).toBe(now - hour);
    expect(waitAt({ since: 0, until: now + 1 }, now, minute).until).toBe(now + 1);
  });
});
