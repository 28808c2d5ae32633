import type { Message } from '../../domain/message.js';
import { ConsoleNotifier } from './console-notifier.js';

async function printed(message: Message): Promise<string[]> {
  const lines: string[] = [];
  const notifier = new ConsoleNotifier((line) => lines.push(line));
  expect(await notifier.send({ kind: 'console' }, message)).toEqual({ kind: 'accepted' });
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
      await new ConsoleNotifier().send({ kind: 'console' }, { kind: 'notice', notice });
    } finally {
      process.stdout.write = original;
    }
    expect(written).toEqual(['[LOW] T\n']);
  });
});
