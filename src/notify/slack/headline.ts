import type { AlertContent } from '../../domain/alert.js';
import type { Message } from '../../domain/alerting/message.js';
import { followUpText } from '../../domain/alerting/follow-up.js';
import { combine } from '../text/combine.js';
import { digestTitle } from '../text/digest-text.js';
import { cut, more } from './cut.js';
import { clean, escapeText, neutralise, oneLine } from './escape.js';
import { limits } from './limits.js';
import { escapedMrkdwnOf } from './mrkdwn.js';

/** Mentions never push the title out of the notification. */
const mentionsInHeadline = 1_000;
/** Of the title of the alert that a digest is named after. */
const titleInDigest = 300;
/** Kept free to say how many mentions are left out. */
const noteRoom = 30;

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

/** One line for the notification: the escaped title, how many alerts the message shows, and the mentions. */
export function headlineOf(message: Message): string {
  switch (message.kind) {
    case 'alert': {
      const { lead, mentions } = combine(message.alerts);
      const number = message.alerts.length > 1 ? ` (${message.alerts.length} alerts)` : '';
      return withMentions(titleLine(lead), number, mentions);
    }
    case 'digest': {
      const { digest } = message;
      const title = digestTitle(digest, nameInDigest, (alert) => cut(titleLine(alert), titleInDigest));
      return withMentions(title, '', digest.mentions);
    }
    case 'follow-up': {
      const { ruleName, key } = message.followUp;
      const about = key === '' ? '' : ` (${nameInDigest(key)})`;
      return cut(`${nameInDigest(ruleName)}: ${followUpText(message.followUp)}${about}`, limits.text);
    }
    case 'notice':
      return cut(oneLine(escapeText(clean(message.notice.title))), limits.text);
  }
}

function nameInDigest(name: string): string {
  return cut(oneLine(neutralise(name)), titleInDigest);
}

function titleLine({ title, ruleName }: AlertContent): string {
  return oneLine(escapedMrkdwnOf(title)) || oneLine(neutralise(ruleName));
}

/** Cuts the title where all three together would be too long. */
function withMentions(title: string, number: string, mentions: readonly string[]): string {
  const mentioned = mentions.length === 0 ? '' : ` ${mentionsOf(mentions, mentionsInHeadline)}`;
  return cut(title, limits.text - number.length - mentioned.length) + number + mentioned;
}
