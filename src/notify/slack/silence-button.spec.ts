import type { AnyBlock } from '@slack/types';
import { alertContent } from '../../../test/support/alerts.js';
import type { AlertContent } from '../../domain/alert.js';
import type { Message } from '../../domain/alerting/message.js';
import { limits } from './limits.js';
import { payloadOf, type PayloadOptions } from './payload.js';

const withButton: PayloadOptions = { silenceButton: true };

function blocksOf(alerts: readonly AlertContent[], options?: PayloadOptions): AnyBlock[] {
  const { blocks = [], attachments = [] } = payloadOf({ kind: 'alert', alerts }, options);
  return [...blocks, ...attachments.flatMap((attachment) => attachment.blocks)];
}

function actions(rule: string) {
  return {
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: 'silence_1h',
        text: { type: 'plain_text', text: 'Silence 1h', emoji: false },
        value: rule,
      },
    ],
  };
}

describe('the Silence 1h button', () => {
  it('stands below an alert when the settings say so, and nothing else changes', () => {
    const alerts = [alertContent('Failed', { ruleId: 'failures' })];
    expect(blocksOf(alerts, withButton)).toEqual([...blocksOf(alerts), actions('failures')]);
    expect(JSON.stringify(blocksOf(alerts))).not.toContain('silence_1h');
  });

  it('is about the rule of the most severe alert', () => {
    const alerts = [
      alertContent('A', { ruleId: 'a', severity: 'low' }),
      alertContent('B', { ruleId: 'b', severity: 'critical' }),
    ];
    expect(blocksOf(alerts, withButton).at(-1)).toEqual(actions('b'));
  });

  it('does not stand below a notice', () => {
    const message: Message = {
      kind: 'notice',
      notice: { severity: 'high', title: 't', detail: 'd', at: 0 },
    };
    expect(payloadOf(message, withButton)).toEqual(payloadOf(message));
  });

  it('is left out where the id is longer than a button carries', () => {
    const long = 'a'.repeat(limits.buttonValue);
    expect(blocksOf([alertContent('A', { ruleId: long })], withButton).at(-1)).toEqual(actions(long));
    const alerts = [alertContent('A', { ruleId: `${long}a` })];
    expect(blocksOf(alerts, withButton)).toEqual(blocksOf(alerts));
  });

  it.each([
    ['fields', { fields: [{ name: 'F', value: [{ value: 'x'.repeat(5_000) }] }] }],
    [
      'blocks',
      {
        blocks: Array.from({ length: 60 }, () => ({ entries: [['type', { spans: ['divider'] }]] as const })),
      },
    ],
  ])('keeps a message with too many %s within the limits', (_what, changes) => {
    const alerts = Array.from({ length: 20 }, (_, index) =>
      alertContent(`${index} ${'t'.repeat(500)}`, { ruleId: 'r', ruleName: `Rule ${index}`, ...changes }),
    );
    const blocks = blocksOf(alerts, withButton);
    expect(blocks.length).toBeLessThanOrEqual(limits.blocks);
    expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(limits.blockCharacters);
    expect(blocks.at(-1)).toEqual(actions('r'));
  });
});
