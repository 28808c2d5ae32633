import type { ActionsBlock, AnyBlock } from '@slack/types';

/** Slack's action id of the button that earlier versions put below alerts. */
export const silenceActionId = 'silence_1h';

/** The blocks without the button, and without the block that held nothing else. */
export function withoutSilenceButton(blocks: readonly AnyBlock[]): AnyBlock[] {
  return blocks.flatMap((block): AnyBlock[] => {
    if (block.type !== 'actions') return [block];
    const { elements } = block as ActionsBlock;
    const others = elements.filter(({ action_id: id }) => id !== silenceActionId);
    return others.length === 0 ? [] : [{ ...block, elements: others } as ActionsBlock];
  });
}
