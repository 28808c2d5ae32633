import { durationText, parseDuration } from './duration.js';

describe('parseDuration', () => {
  it.each([
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['7d', 604_800_000],
    ['1s', 1_000],
    ['007m', 420_000],
    ['90m', 5_400_000],
  ])('reads %s as %d ms', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each([
    '',
    '0s',
    '000d',
    '5',
    'm',
    '5 m',
    ' 5m',
    '5m ',
    '1.5h',
    '-5m',
    '+5m',
    '5M',
    '5min',
    '1h30m',
    '5w',
    '٥m',
    '5m\n',
  ])('does not read %p', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('durationText', () => {
  it.each([
    [0, '0s'],
    [999, '0s'],
    [1_000, '1s'],
    [900_000, '15m'],
    [1_023_400, '17m 3s'],
    [3_600_000, '1h'],
    [3_605_000, '1h'],
    [183_600_000, '2d 3h'],
    [31_536_000_000, '365d'],
  ])('writes %d ms as %s', (ms, expected) => {
    expect(durationText(ms)).toBe(expected);
  });
});
