import type { Message } from '../../domain/message.js';
import { combine } from '../combine.js';
import { cut, more } from './cut.js';
import { clean, escapeText, neutralise } from './escape.js';
import { limits } from './limits.js';
import { escapedMrkdwnOf } from './mrkdwn.js';

/** Mentions never push the title out of the notification. */
const mentionsInHeadline = 1_000;
/** Kept free to say how many mentions are left out. */
const noteRoom = 30;

/** Text on one line, without the spaces around it. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** As many whole mentions as fit, and how many more there are. */
export function mentionsOf(mentions: readonly string[], limit: number): string {
  let shown = '';
  for (const [index, mention] of mentions.entries()) {
    const next = `${shown}${shown === '' ? '' : ' '}${oneLine(clean(mention))}`;
    if (next.length > limit - noteRoom)
      return `${shown} … (${more(mentions.length - index, 'mention')})`.trimStart();
    shown = next;
  }
  return shown;
}

/** One line for the notification: the escaped title, how many alerts it stands for, and the mentions. */
export function headlineOf(message: Message): string {
  if (message.kind === 'notice') return cut(oneLine(escapeText(clean(message.notice.title))), limits.text);
  const { lead, mentions } = combine(message.alerts);
  const number = message.alerts.length > 1 ? ` (${message.alerts.length} alerts)` : '';
  const mentioned = mentions.length === 0 ? '' : ` ${mentionsOf(mentions, mentionsInHeadline)}`;
  const title = oneLine(escapedMrkdwnOf(lead.title)) || oneLine(neutralise(lead.ruleName));
  return cut(title, limits.text - number.length - mentioned.length) + number + mentioned;
}
