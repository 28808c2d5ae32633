import { capacityWithin, takeFromBudget } from './budget.js';

const rate = { perSecond: 1, burst: 3 };
const now = Date.parse('2026-11-20T12:00:00Z');

/** When each of so many messages may go out that all want to at once, in ms from then. */
function times(count: number, from = 0): number[] {
  let usedUntil = from;
  let at = now;
  return Array.from({ length: count }, () => {
    let taken = takeFromBudget(usedUntil, rate, at);
    if (taken.waitMs > 0) {
      at += taken.waitMs;
      taken = takeFromBudget(taken.usedUntil, rate, at);
    }
    expect(taken.waitMs).toBe(0);
    ({ usedUntil } = taken);
    return at - now;
  });
}

describe('a budget of one a second and three at once', () => {
  it('lets three out at once and then one a second', () => {
    expect(times(6)).toEqual([0, 0, 0, 1000, 2000, 3000]);
  });

  it('leaves to others what is in reserve for them', () => {
    const first = takeFromBudget(0, rate, now, 1);
    const second = takeFromBudget(first.usedUntil, rate, now, 1);
    expect(second.waitMs).toBe(0);
    expect(takeFromBudget(second.usedUntil, rate, now, 1)).toEqual({
      waitMs: 1_000,
      usedUntil: second.usedUntil,
    });
    expect(takeFromBudget(second.usedUntil, rate, now).waitMs).toBe(0);
  });

  it('is full again after a rest, and never fuller', () => {
    expect(times(4, now - 86_400_000)).toEqual([0, 0, 0, 1000]);
  });

  it('takes nothing while it is empty', () => {
    const { usedUntil } = [1, 2, 3].reduce((budget) => takeFromBudget(budget.usedUntil, rate, now), {
      usedUntil: 0,
    });
    expect(takeFromBudget(usedUntil, rate, now)).toEqual({ waitMs: 1000, usedUntil });
  });

  it('that a clock of the future used up lets one out after one interval, and the next at the usual pace', () => {
    expect(times(4, now + 3_600_000)).toEqual([1000, 2000, 3000, 4000]);
  });

  it('says how many can go out within a time', () => {
    expect(capacityWithin(0, rate, now, 10_000)).toBe(13);
    expect(capacityWithin(now + 3000, rate, now, 10_000)).toBe(10);
    expect(capacityWithin(now + 3000, rate, now, 1_000)).toBe(1);
  });

  it('says so also when a clock of the future used it up', () => {
    expect(capacityWithin(now + 3_600_000, rate, now, 10_000)).toBe(10);
  });
});
