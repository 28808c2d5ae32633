import { momentPattern, parseMoment } from './moment.js';

describe('parseMoment', () => {
  it.each([
    ['+0s', { kind: 'after', offsetMs: 0 }],
    ['+90s', { kind: 'after', offsetMs: 90_000 }],
    ['+5m', { kind: 'after', offsetMs: 300_000 }],
    ['+24h', { kind: 'after', offsetMs: 86_400_000 }],
    ['+7d', { kind: 'after', offsetMs: 604_800_000 }],
    ['2026-01-05', { kind: 'date', at: Date.UTC(2026, 0, 5) }],
    ['2026-01-05T09:30', { kind: 'date', at: Date.UTC(2026, 0, 5, 9, 30) }],
    ['2026-01-05T09:30:15.250', { kind: 'date', at: Date.UTC(2026, 0, 5, 9, 30, 15, 250) }],
    ['2026-01-05T09:30:00Z', { kind: 'date', at: Date.UTC(2026, 0, 5, 9, 30) }],
    ['2026-01-05T09:30:00+02:00', { kind: 'date', at: Date.UTC(2026, 0, 5, 7, 30) }],
  ])('reads %s', (text, moment) => {
    expect(parseMoment(text)).toEqual(moment);
    expect(text).toMatch(new RegExp(momentPattern));
  });

  it.each(['5m', '+5', '+5 m', '-5m', '+1h30m', 'tomorrow', '2026-13-01', '05.01.2026', ''])(
    'takes %j for no moment',
    (text) => {
      expect(parseMoment(text)).toBeUndefined();
    },
  );
});
