import { followUpText, isReported } from './follow-up.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

describe('followUpText', () => {
  it.each([
    [327, 14 * minute + 20 * second, '327 events in 14m'],
    [3, 75 * second, '3 events in 1m 15s'],
    [2, 999, '2 events within a second'],
    [1, 0, '1 event within a second'],
    [40, 26 * hour + 29 * minute, '40 events in 1d 2h'],
    [40, 50 * hour + 40 * minute, '40 events in 2d 3h'],
  ])('says of %d events in %d ms: %s', (count, ms, text) => {
    expect(followUpText({ count, firstAt: 0, lastAt: ms })).toBe(text);
  });
});

describe('isReported', () => {
  it('asks for one more event where the message can be edited, and for twice as many elsewhere', () => {
    expect(isReported(5, 5, true)).toBe(false);
    expect(isReported(5, 6, true)).toBe(true);
    expect(isReported(5, 9, false)).toBe(false);
    expect(isReported(5, 10, false)).toBe(true);
  });
});
