import { digestOf } from '../../../test/support/digests.js';
import type { Message } from '../../domain/alerting/message.js';
import { ConsoleNotifier } from './console-notifier.js';

async function printed(message: Message): Promise<string[]> {
  const lines: string[] = [];
  const notifier = new ConsoleNotifier((line) => lines.push(line));
  expect(await notifier.send(message)).toEqual({ kind: 'accepted' });
  return lines;
}

const alert = {
  ruleId: 'failures',
  ruleName: 'Failed logins',
  severity: 'high',
  title: ['Failed login of ', { value: 'ann' }],
  text: ['First\n', { value: 'second' }],
  fields: [{ name: 'IP', value: [{ value: '203.0.113.9' }] }],
  mentions: ['<!here>'],
  runbook: 'https://runbooks.example/x',
  link: 'https://manage.auth0.com/1',
  at: 0,
} as const;

describe('ConsoleNotifier', () => {
  it('prints an alert', async () => {
    expect(await printed({ kind: 'alert', alerts: [alert] })).toEqual([
      '[HIGH] Failed login of ann',
      '    Rule: Failed logins',
      '    First',
      '    second',
      '    IP: 203.0.113.9',
      '    Link: https://manage.auth0.com/1',
      '    Runbook: https://runbooks.example/x',
      '    Mentions: <!here>',
    ]);
  });

  it('says how late an alert is', async () => {
    const lines = await printed({ kind: 'alert', alerts: [{ ...alert, lateMs: 3_725_000 }] });
    expect(lines).toContain('    Time: 1970-01-01 00:00:00 UTC, 1h 2m late');
  });

  it('prints several as one', async () => {
    const other = {
      ...alert,
      ruleName: 'Brute force',
      severity: 'critical',
      title: ['Brute force'],
    } as const;
    const lines = await printed({ kind: 'alert', alerts: [alert, other] });
    expect(lines.slice(0, 2)).toEqual([
      '[CRITICAL] Brute force (2 alerts)',
      '    Rule: Brute force, Failed logins',
    ]);
    expect(lines).toContain('    Failed login of ann');
    expect(lines.filter((line) => line.includes('203.0.113.9'))).toHaveLength(1);
  });

  it('prints what was held back', async () => {
    const held = { ...alert, suppressed: { count: 17, since: 1_000 } };
    const lines = await printed({ kind: 'alert', alerts: [held] });
    expect(lines[0]).toBe('[HIGH] Failed login of ann');
    expect(lines).toContain('    17 more like this were held back since 1970-01-01 00:00:01 UTC');
  });

  it('prints a digest', async () => {
    expect(await printed({ kind: 'digest', digest: digestOf() })).toEqual([
      '[CRITICAL] 9997 alerts in 12 minutes, the worst: Brute force',
      '    2026-01-15 11:48:00 UTC to 2026-01-15 12:00:00 UTC',
      '    Rules: Failures × 9000, Brute force × 997',
      expect.stringMatching(/^ {4}Types: Failed .+ \(fp\) × 9000, brand_new × 997$/),
      '    Users: ann@example.com × 500, and 12 more',
      '    IPs: 203.0.113.9 × 9997',
      '    First (High): Failed login of ann · 2026-01-15 11:48:00 UTC',
      '    Link: https://manage.auth0.com/1?a&b',
      '    Worst (Critical): Brute force · 2026-01-15 11:48:01 UTC',
      '    Mentions: <!here> <@U1>',
    ]);
  });

  it('prints nothing in a digest that a terminal would obey, and no line that passes for another', async () => {
    const name = '\u001b[2J\u001b[31mred\u009b1m\0\r\n[CRITICAL] forged';
    const users = {
      top: [
        { name, count: 2 },
        { name: 'x'.repeat(1_000_000), count: 1 },
      ],
      distinct: 2,
    };
    const first = { ...alert, title: [{ value: name }] };
    const lines = await printed({ kind: 'digest', digest: digestOf({ users, first, worst: [] }) });
    // oxlint-disable-next-line no-control-regex
    for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]|2J|\[31m|\[1m/);
    expect(lines.filter((line) => line.startsWith('['))).toEqual([
      '[CRITICAL] 9997 alerts in 12 minutes, the first: red\ufffd [CRITICAL] forged',
    ]);
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^ {4}Users: red\ufffd \[CRITICAL\] forged × 2, x{100,}… \([\d,]+ more characters\) × 1$/,
      ),
    );
    expect(lines.join('\n').length).toBeLessThan(2_000);
  });

  it('prints a notice', async () => {
    const notice = { severity: 'low', title: 'Channel paused', detail: 'It said\nno.', at: 0 } as const;
    expect(await printed({ kind: 'notice', notice })).toEqual([
      '[LOW] Channel paused',
      '    It said',
      '    no.',
    ]);
  });

  it('prints nothing that a terminal would obey, and no line that passes for another', async () => {
    const evil =
      '\u001b[2J\u001b]0;title\u0007\u001b[31mred\u009b1m\u0008\0\u202e\r\n[CRITICAL] forged\ud800';
    const value = [{ value: evil }];
    const lines = await printed({
      kind: 'alert',
      alerts: [{ ...alert, title: value, text: value, fields: [{ name: 'UA', value }] }],
    });
    // oxlint-disable-next-line no-control-regex
    for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]|2J|\[31m|\[1m/);
    expect(lines.filter((line) => line.startsWith('['))).toEqual([
      '[HIGH] red\ufffd [CRITICAL] forged\ufffd',
    ]);
    expect(lines).toContain('    UA: red\ufffd');
  });

  it.each(['\u001b[', '\u001b]', '\u001b', ';', 'a '])('cuts a megabyte of %j', async (unit) => {
    const text = [{ value: unit.repeat(1_000_000 / unit.length) }];
    const lines = await printed({ kind: 'alert', alerts: [{ ...alert, title: text, text, fields: [] }] });
    expect(lines.join('\n').length).toBeLessThan(9_000);
    expect(lines.join('\n')).toContain('more characters');
  });

  it('writes lines to the standard output by default', async () => {
    const original = process.stdout.write;
    const written: string[] = [];
    process.stdout.write = (text: string | Uint8Array): boolean => written.push(String(text)) > 0;
    try {
      const notice = { severity: 'low', title: 'T', detail: '', at: 0 } as const;
      await new ConsoleNotifier().send({ kind: 'notice', notice });
    } finally {
      process.stdout.write = original;
    }
    expect(written).toEqual(['[LOW] T\n']);
  });
});
