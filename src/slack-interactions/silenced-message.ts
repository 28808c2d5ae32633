import type { AnyBlock } from '@slack/types';
import { isObject } from '../domain/json-value.js';
import type { Silence } from '../domain/alerting/silence.js';
import { context } from '../notify/slack/blocks.js';
import { clean, neutralise, oneLine } from '../notify/slack/escape.js';
import { localTime } from '../notify/slack/local-time.js';
import { withoutSilenceButton } from '../notify/slack/silence-button.js';

/**
 * What takes a message's place once it was silenced: its own text and blocks, as Slack sent them along, with who
 * silenced it and until when in place of the button.
 */
export function silencedMessage(message: Readonly<Record<string, unknown>>, silence: Silence): object {
  const note = context([
    `Silenced until ${localTime(silence.endsAt)} by ${neutralise(oneLine(clean(silence.author)))}`,
  ]);
  const blocks = withoutSilenceButton(blocksOf(message));
  // Slack adds attachments of its own, previews of links, which have no blocks and which it adds again.
  const attachments = (Array.isArray(message['attachments']) ? message['attachments'] : [])
    .filter(isObject)
    .filter((attachment) => blocksOf(attachment).length > 0);
  const changed = attachments.map((attachment, index) => ({
    ...colourOf(attachment),
    blocks: [
      ...withoutSilenceButton(blocksOf(attachment)),
      ...(index === attachments.length - 1 ? [note] : []),
    ],
  }));
  return {
    replace_original: true,
    text: typeof message['text'] === 'string' ? message['text'] : '',
    blocks: attachments.length === 0 ? [...blocks, note] : blocks,
    attachments: changed,
  };
}

/** Only Slack says what its blocks hold. */
function blocksOf(holder: Readonly<Record<string, unknown>>): readonly AnyBlock[] {
  return Array.isArray(holder['blocks']) ? (holder['blocks'].filter(isObject) as unknown as AnyBlock[]) : [];
}

/** Slack sends a colour without the `#` that it requires. */
function colourOf(attachment: Readonly<Record<string, unknown>>): { readonly color?: string } {
  const { color } = attachment;
  if (typeof color !== 'string') return {};
  return { color: /^[\da-f]{6}$/i.test(color) ? `#${color}` : color };
}
