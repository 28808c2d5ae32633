import type { ActionsBlock, AnyBlock } from '@slack/types';
import { alertContent } from '../../../test/support/alerts.js';
import { digestOf } from '../../../test/support/digests.js';
import { refusalOf } from '../../../test/support/fake-slack/validate-message.js';
import type { DeliveryState } from '../../domain/alerting/delivery-state.js';
import type { Handling, Message } from '../../domain/alerting/message.js';
import { messageActions } from '../../domain/channel.js';
import { limits } from './limits.js';
import { actionParts, handlingBlocks } from './message-actions.js';
import { payloadOf, type PayloadOptions } from './payload.js';

const all: PayloadOptions = { actions: messageActions };
const delivery = '0199a0c4-6b1f-7a52-8d07-51b7c2a4e9d3';
const silence = { rule: 'failures', user: 'alice@example.com', address: '203.0.113.7' };

function handlingOf(state: DeliveryState['state'], changes: Partial<Handling> = {}): Handling {
  const known: DeliveryState = state === 'open' ? { state } : { state, by: 'Ann', at: 1_000 };
  return { delivery, state: known, silence, ...changes };
}

function idsIn(blocks: readonly AnyBlock[]): (string | undefined)[] {
  return blocks
    .filter((block): block is ActionsBlock => block.type === 'actions')
    .flatMap(({ elements }) => elements.map(({ action_id: id }) => id));
}

function blocksOf(message: Message, options?: PayloadOptions): AnyBlock[] {
  const { blocks = [], attachments = [] } = payloadOf(message, options);
  return [...blocks, ...attachments.flatMap((attachment) => attachment.blocks)];
}

describe('handlingBlocks', () => {
  it.each([
    ['open', ['acknowledge', 'resolve', 'silence']],
    ['acknowledged', ['resolve', 'silence']],
    ['resolved', ['silence']],
  ] as const)('offer below a message that is %s what is left to do', (state, ids) => {
    expect(idsIn(handlingBlocks(handlingOf(state), messageActions))).toEqual(ids);
  });

  it('offer what the channel chose, and nothing where it chose nothing', () => {
    expect(idsIn(handlingBlocks(handlingOf('open'), ['silence']))).toEqual(['silence']);
    expect(handlingBlocks(handlingOf('open'), [])).toEqual([]);
    expect(handlingBlocks(undefined, messageActions)).toEqual([]);
  });

  it('bring back the delivery, and what was chosen', () => {
    const text = JSON.stringify(handlingBlocks(handlingOf('open'), messageActions));
    const values = [...text.matchAll(/"value":"([^"]+)"/g)].map(([, value]) => actionParts(value as string));
    expect(values).toHaveLength(1 + 3 + 3 * 4);
    expect(values.every(([id]) => id === delivery)).toBe(true);
    expect(values).toContainEqual([delivery, 'false-positive']);
    expect(values).toContainEqual([delivery, '24h', 'address']);
  });

  it('silence no user and no address where there is none, and nothing where there are several rules', () => {
    const only = JSON.stringify(
      handlingBlocks(handlingOf('open', { silence: { rule: 'failures' } }), ['silence']),
    );
    expect(only.match(/"value"/g)).toHaveLength(4);
    expect(handlingBlocks(handlingOf('open', { silence: undefined }), ['silence'])).toEqual([]);
  });

  it('show names and notes to the letter', () => {
    const state = { state: 'resolved', by: '<!channel> *Ann*\n', at: 0, note: '`<@U1>`' } as const;
    const silenced = { by: '<!here>', about: 'this rule for <@U2>', until: 1_000 };
    const text = JSON.stringify(handlingBlocks({ delivery, state, silenced }, []));
    expect(text).toContain('&lt;!channel&gt;');
    expect(text).toContain('until <!date^1^');
    expect(text).not.toMatch(/<[!@](?!date)/);
  });
});

describe('a message with actions', () => {
  const long = { ...silence, user: '<@U1>'.repeat(40), address: 'x'.repeat(200) };
  const note = 'n'.repeat(2_000);
  const state: DeliveryState = { state: 'acknowledged', by: 'b'.repeat(300), at: 1, note };
  const handling: Handling = { delivery, state, silence: long, silenced: { by: 'b', about: note, until: 1 } };
  const alerts = Array.from({ length: 20 }, (_, index) =>
    alertContent(`${index} ${'t'.repeat(500)}`, {
      ruleName: `Rule ${index}`,
      fields: [{ name: 'F', value: [{ value: 'x'.repeat(5_000) }] }],
    }),
  );

  it.each([
    ['an alert', { kind: 'alert', alerts, handling }],
    ['a digest', { kind: 'digest', digest: digestOf({ worst: alerts }), handling }],
  ] as const)('stays within the limits as %s', (_what, message) => {
    const blocks = blocksOf(message, all);
    expect(blocks.length).toBeLessThanOrEqual(limits.blocks);
    expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(limits.blockCharacters);
    expect(idsIn(blocks)).toEqual(['resolve', 'silence']);
    expect(refusalOf({ ...payloadOf(message, all) }, 'chat.postMessage')).toBeUndefined();
  });

  it('is as before without a handling, and a notice never has any', () => {
    const message: Message = { kind: 'alert', alerts: [alertContent('A')] };
    expect(payloadOf(message, all)).toEqual(payloadOf(message));
    const notice: Message = { kind: 'notice', notice: { severity: 'high', title: 't', detail: 'd', at: 0 } };
    expect(payloadOf(notice, all)).toEqual(payloadOf(notice));
  });
});
