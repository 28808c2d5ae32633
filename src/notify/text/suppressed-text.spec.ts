import { alertContent } from '../../../test/support/alerts.js';
import { combine } from './combine.js';
import { suppressedLines, suppressedText } from './suppressed-text.js';
import { utcTime } from '../../domain/duration.js';

const since = Date.UTC(2026, 0, 15, 11);

describe('suppressedText', () => {
  it.each([
    [17, since, '17 more like this were held back since 2026-01-15 11:00:00 UTC'],
    [1, since, '1 more like this was held back since 2026-01-15 11:00:00 UTC'],
    [2, Number.NaN, '2 more like this were held back'],
  ])('says %i since %d', (count, at, text) => {
    expect(suppressedText({ count, since: at }, utcTime)).toBe(text);
  });
});

describe('suppressedLines', () => {
  const held = alertContent('A', { ruleName: 'First', suppressed: { count: 2, since: Number.NaN } });

  it('names no rule where there is one alert', () => {
    expect(suppressedLines(combine([held]), utcTime, String)).toEqual(['2 more like this were held back']);
  });

  it('names the rules that held some back where there are several alerts', () => {
    const other = alertContent('B', { ruleName: 'Second', suppressed: { count: 1, since: Number.NaN } });
    const none = alertContent('C', { ruleName: 'Third' });
    expect(suppressedLines(combine([held, none, other]), utcTime, (name) => name.toUpperCase())).toEqual([
      'FIRST: 2 more like this were held back',
      'SECOND: 1 more like this was held back',
    ]);
  });
});
