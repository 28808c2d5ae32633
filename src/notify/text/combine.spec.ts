import type { AlertContent } from '../../domain/alert.js';
import { combine } from './combine.js';

function alert(changes: Partial<AlertContent>): AlertContent {
  const base = {
    ruleId: 'r',
    ruleName: 'Rule',
    severity: 'low',
    title: ['T'],
    fields: [],
    mentions: [],
    at: 0,
  } as const;
  return { ...base, ...changes };
}

describe('combine', () => {
  it('leads with the most severe, and of equals with the first', () => {
    const alerts = [
      alert({ ruleName: 'A' }),
      alert({ ruleName: 'B', severity: 'critical' }),
      alert({ ruleName: 'C', severity: 'critical' }),
      alert({ ruleName: 'A', severity: 'info' }),
    ];
    const combined = combine(alerts);
    expect(combined.lead).toBe(alerts[1]);
    expect(combined.ruleNames).toEqual(['B', 'C', 'A']);
  });

  it('unites mentions', () => {
    const alerts = [alert({ mentions: ['<!here>', '<@U1>'] }), alert({ mentions: ['<@U2>', '<!here>'] })];
    expect(combine(alerts).mentions).toEqual(['<!here>', '<@U1>', '<@U2>']);
  });

  it('shows nothing twice', () => {
    const field = { name: 'IP', value: [{ value: '1' }] };
    const first = alert({ text: ['x'], fields: [field] });
    const second = alert({
      text: ['x'],
      title: ['Other'],
      fields: [
        { name: 'IP', value: ['1'] },
        { name: 'IP', value: ['2'] },
      ],
    });
    const [lead, other] = combine([first, second]).contributions;
    expect(lead).toEqual({ alert: first, showsTitle: true, showsText: true, fields: [field] });
    expect(other).toEqual({
      alert: second,
      showsTitle: true,
      showsText: false,
      fields: [{ name: 'IP', value: ['2'] }],
    });
  });

  it('wants an alert', () => {
    expect(() => combine([])).toThrow(TypeError);
  });
});
