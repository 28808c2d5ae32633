import type { ActionsBlock, AnyBlock } from '@slack/types';
import { limits } from './limits.js';

/** Slack's action id of the button. */
export const silenceActionId = 'silence_1h';

/** A button that silences a rule for an hour; none for an id longer than a button can carry. */
export function silenceButton(ruleId: string): ActionsBlock[] {
  if (ruleId.length > limits.buttonValue) return [];
  return [
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: silenceActionId,
          text: { type: 'plain_text', text: 'Silence 1h', emoji: false },
          value: ruleId,
        },
      ],
    },
  ];
}

/** The blocks without the button, and without the block that held nothing else. */
export function withoutSilenceButton(blocks: readonly AnyBlock[]): AnyBlock[] {
  return blocks.flatMap((block): AnyBlock[] => {
    if (block.type !== 'actions') return [block];
    const { elements } = block as ActionsBlock;
    const others = elements.filter(({ action_id: id }) => id !== silenceActionId);
    return others.length === 0 ? [] : [{ ...block, elements: others } as ActionsBlock];
  });
}
