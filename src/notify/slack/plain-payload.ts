import { plainText } from '../../domain/alert.js';
import type { Message } from '../../domain/message.js';
import { combine } from '../combine.js';
import { cut, shorten } from './cut.js';
import { neutralise, safeUrl, escapeText } from './escape.js';
import { headlineOf } from './headline.js';
import { limits } from './limits.js';
import type { SlackPayload } from './payload.js';

/** The same message in the least that Slack can refuse: one text, without any formatting of the template's. */
export function plainPayload(message: Message): SlackPayload {
  const headline = headlineOf(message);
  const [lines, link] = message.kind === 'notice' ? [[message.notice.detail], undefined] : linesOf(message);
  const body = neutralise(
    lines
      .map(shorten)
      .filter((line) => line.trim() !== '')
      .join('\n'),
  );
  const target = escapeText(safeUrl(link ?? '') ?? '');
  const foot = target === '' || target.length > limits.text / 3 ? '' : `\n<${target}>`;
  const room = limits.text - foot.length;
  const text = body === '' ? headline : `${headline}\n${body}`;
  return { text: cut(text, room) + foot };
}

function linesOf({ alerts }: Message & { kind: 'alert' }): [lines: string[], link: string | undefined] {
  const { lead, contributions, ruleNames } = combine(alerts);
  const lines = contributions.flatMap(({ alert, showsTitle, showsText, fields }) => [
    ...(alert !== lead && showsTitle ? [plainText(alert.title)] : []),
    ...(showsText ? [plainText(alert.text ?? [])] : []),
    ...fields.map((field) => `${field.name}: ${plainText(field.value)}`),
  ]);
  return [[`${lead.severity} · ${ruleNames.join(', ')}`, ...lines], lead.link];
}
