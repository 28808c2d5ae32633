import { alertContent } from '../../../test/support/alerts.js';
import { digestOf } from '../../../test/support/digests.js';
import type { AlertContent } from '../../domain/alert.js';
import type { Digest } from '../../domain/alerting/digest.js';
import { countLines, digestLines, digestTitle, singledOut, singledOutLine } from './digest-text.js';

const show = (value: string): string => value.trim();

describe('digestTitle', () => {
  it.each([
    [2, 0, '2 alerts in 1 second'],
    [2, 1_000, '2 alerts in 1 second'],
    [3, 119_000, '3 alerts in 119 seconds'],
    [9_997, 12 * 60_000, '9997 alerts in 12 minutes'],
    [10_000, 2 * 3_600_000, '10000 alerts in 2 hours'],
    [1_234_567, 72 * 3_600_000, '1234567 alerts in 3 days'],
    [2, -1, '2 alerts'],
    [2, Number.NaN, '2 alerts'],
  ])('counts %i in %d ms', (total, span, title) => {
    const from = Date.UTC(2026, 0, 15);
    expect(digestTitle(digestOf({ total, from, to: from + span }), () => '')).toBe(title);
  });
});

describe('digestTitle of alerts with titles', () => {
  const named = (first: AlertContent, ...worst: AlertContent[]): string =>
    digestTitle(digestOf({ total: 60, from: Number.NaN, first, worst }), show);
  const low = alertContent('Failed login', { severity: 'low' });
  const high = alertContent('Token reuse', { severity: 'high' });

  it('names the worst', () => {
    expect(named(low, high, low)).toBe('60 alerts, the worst: Token reuse');
  });

  it('names the first where none is worse', () => {
    expect(named(high, alertContent('Later'), low)).toBe('60 alerts, the first: Token reuse');
  });

  it('names the rule of an alert whose title shows nothing', () => {
    expect(named({ ...high, title: [' '] })).toBe('60 alerts, the first: Failures');
  });
});

describe('digestTitle of a group', () => {
  const named = (changes: Partial<Digest>): string =>
    digestTitle(digestOf({ total: 12, from: 0, to: 30_000, ...changes }), show);

  it('names the rule and the key', () => {
    expect(named({ group: '203.0.113.9, fp' })).toBe('12 alerts in 30 seconds: Failures · 203.0.113.9, fp');
  });

  it('names the rule alone where the group has no key, or nothing of it can be shown', () => {
    expect([named({ group: '' }), named({ group: ' ' })]).toEqual([
      '12 alerts in 30 seconds: Failures',
      '12 alerts in 30 seconds: Failures',
    ]);
  });

  it('counts where nothing can be shown', () => {
    expect(named({ group: '', first: alertContent('T', { ruleName: ' ' }) })).toBe('12 alerts in 30 seconds');
  });
});

describe('countLines', () => {
  it('names known types, keeps unknown ones, and leaves out kinds of which there is nothing', () => {
    const lines = countLines(digestOf(), show);
    expect(lines.map(({ label }) => label)).toEqual(['Rules', 'Types', 'Users', 'IPs']);
    expect(lines[1]?.names).toEqual([
      { shown: expect.stringMatching(/^Failed .+ \(fp\)$/), count: 9_000 },
      { shown: 'brand_new', count: 997 },
    ]);
  });

  it('says how many names it does not show', () => {
    const top = Array.from({ length: 10 }, (_, index) => ({ name: `u${index}`, count: 10 - index }));
    const users = countLines(digestOf({ users: { top, distinct: 17 } }), show)[2];
    expect(users?.names.map(({ shown }) => shown)).toEqual(['u0', 'u1', 'u2', 'u3', 'u4']);
    expect(users?.missing).toBe(12);
  });

  it('has a word for a name of which nothing can be shown', () => {
    const users = { top: [{ name: ' ', count: 2 }], distinct: 1 };
    expect(countLines(digestOf({ users }), show)[2]).toEqual({
      label: 'Users',
      names: [{ shown: '(unreadable)', count: 2 }],
      missing: 0,
    });
  });
});

describe('the lines of a digest', () => {
  it('are the time span and the counts', () => {
    expect(digestLines(digestOf(), show)).toEqual([
      '2026-01-15 11:48:00 UTC to 2026-01-15 12:00:00 UTC',
      'Rules: Failures × 9000, Brute force × 997',
      expect.stringMatching(/^Types: Failed .+ \(fp\) × 9000, brand_new × 997$/),
      'Users: ann@example.com × 500, and 12 more',
      'IPs: 203.0.113.9 × 9997',
    ]);
  });

  it.each([
    [0, 0, '1970-01-01 00:00:00 UTC'],
    [0, Number.NaN, '1970-01-01 00:00:00 UTC'],
  ])('have one time for %d to %d', (from, to, line) => {
    expect(digestLines(digestOf({ from, to }), show)[0]).toBe(line);
  });

  it('have no time where there is none', () => {
    expect(digestLines(digestOf({ from: Number.NaN, to: Number.NaN }), show)[0]).toMatch(/^Rules: /);
  });

  it('show the first alert, then the worst', () => {
    const digest = digestOf();
    const worst = { ...digest.worst[0]!, title: [' '], suppressed: { count: 3, since: 0 } };
    expect(singledOut({ ...digest, worst: [worst] }).map((each) => singledOutLine(each, show))).toEqual([
      'First (High): Failed login of ann · 2026-01-15 11:48:00 UTC',
      'Worst (Critical): Failures · 2026-01-15 11:48:01 UTC · ' +
        '3 more like this were held back since 1970-01-01 00:00:00 UTC',
    ]);
  });
});
