import { digestOf } from '../../../test/support/digests.js';
import type { AlertContent } from '../../domain/alert.js';
import { headlineOf, mentionsOf } from './headline.js';

const alert: AlertContent = {
  ruleId: 'r',
  ruleName: 'Rule',
  severity: 'low',
  title: ['T ', { value: 'a\nb <@U1> *x*' }],
  fields: [],
  mentions: [],
  at: 0,
};

describe('headlineOf', () => {
  it('is one escaped line', () => {
    expect(headlineOf({ kind: 'alert', alerts: [alert] })).toBe(
      'T a b &lt;@U1&gt; \u00ad*\u00adx\u00ad*\u00ad',
    );
  });

  it('keeps the count and the mentions of a title that is cut', () => {
    const long = { ...alert, title: [{ value: '&'.repeat(5_000) }], mentions: ['<!here>'] };
    const headline = headlineOf({ kind: 'alert', alerts: [long, long] });
    expect(headline).toMatch(/^(?:&amp;)+… \(4,\d+ more characters\) \(2 alerts\) <!here>$/);
    expect(headline.length).toBeLessThanOrEqual(3_500);
  });
});

describe('headlineOf a digest', () => {
  it('counts, quotes the title of the worst, and mentions', () => {
    const worst = [
      { ...alert, severity: 'critical' as const, title: [{ value: `<@U1>\n${'&'.repeat(5_000)}` }] },
    ];
    expect(headlineOf({ kind: 'digest', digest: digestOf({ worst }) })).toMatch(
      /^9997 alerts in 12 minutes, the worst: &lt;@U1&gt; (?:&amp;){40,60}… \(4,\d+ more characters\) <!here> <@U1>$/,
    );
  });
});

describe('headlineOf a digest whose alerts have nothing to show', () => {
  it('counts', () => {
    const first = { ...alert, title: [{ value: '\u202e' }], ruleName: ' ' };
    expect(headlineOf({ kind: 'digest', digest: digestOf({ first, worst: [], mentions: [] }) })).toBe(
      '9997 alerts in 12 minutes',
    );
  });
});

describe('mentionsOf', () => {
  it('cuts between mentions only', () => {
    const mentions = Array.from({ length: 100 }, (_, index) => `<@U${index + 100}>`);
    const shown = mentionsOf(mentions, 100);
    expect(shown).toMatch(/^(?:<@U\d{3}> )+… \(\d+ more mentions\)$/);
    expect(shown.length).toBeLessThanOrEqual(100);
    expect(mentionsOf(mentions.slice(0, 3), 100)).toBe('<@U100> <@U101> <@U102>');
    expect(mentionsOf(['x'.repeat(200)], 100)).toBe('… (1 more mention)');
  });
});
