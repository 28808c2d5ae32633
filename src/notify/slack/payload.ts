import type { AnyBlock } from '@slack/types';
import type { AlertContent, Severity } from '../../domain/alert.js';
import { followUpText, type FollowUp } from '../../domain/alerting/follow-up.js';
import type { Message, Notice } from '../../domain/alerting/message.js';
import type { MessageAction } from '../../domain/channel.js';
import { combine, type Combined, type Contribution } from '../text/combine.js';
import {
  context,
  fieldsPart,
  firstBlocks,
  header,
  leftOut,
  literalPart,
  section,
  severityColours,
  sizeOf,
  textPart,
  type Part,
} from './blocks.js';
import {
  alertContext,
  followUpContext,
  followUpNote,
  suppressedNote,
  noticeContext,
} from './context-line.js';
import { cut, more, shorten } from './cut.js';
import { digestBlocks } from './digest-payload.js';
import { clean, escapeText, neutralise, oneLine } from './escape.js';
import { repeatsText } from '../text/suppressed-text.js';
import { headlineOf, mentionsOf } from './headline.js';
import { limits } from './limits.js';
import { handlingBlocks } from './message-actions.js';
import { escapedMrkdwnOf, literalOf, mrkdwnOf } from './mrkdwn.js';
import { shareOut } from './share-out.js';
import { briefLine } from './state-line.js';
import { templateBlocks } from './template-blocks.js';

/** What both ways of posting to Slack take as JSON. */
export interface SlackPayload {
  /** The notification, and what screen readers read. */
  readonly text: string;
  readonly blocks?: readonly AnyBlock[];
  /** One, which gives the details their colour. It has blocks only: Slack refuses a mix with legacy text. */
  readonly attachments?: ReadonlyArray<{ readonly color: string; readonly blocks: readonly AnyBlock[] }>;
}

/** What the router's settings say of messages. */
export interface PayloadOptions {
  /** What people can do below a message of alerts. */
  readonly actions?: readonly MessageAction[];
}

/** Two lists of blocks, as JSON. */
const brackets = 4;
/** Rules beyond this many are named, but not shown in detail. */
const maxContributions = 12;

/** The message in Slack's form, within every limit of {@link limits}. */
export function payloadOf(message: Message, options: PayloadOptions = {}): SlackPayload {
  switch (message.kind) {
    case 'alert':
      return alertPayload(combine(message.alerts), message, options);
    case 'digest': {
      const foot = handlingBlocks(message.handling, options.actions);
      const { blocks, details } = digestBlocks(message.digest, foot);
      return assemble(message, message.digest.severity, blocks, details);
    }
    case 'follow-up':
      return followUpPayload(message.followUp, message);
    case 'notice':
      return noticePayload(message.notice, message);
  }
}

function alertPayload(combined: Combined, message: Message, options: PayloadOptions): SlackPayload {
  const { lead, contributions, mentions } = combined;
  const mentioned = mentions.length === 0 ? [] : [section(mentionsOf(mentions, limits.section))];
  const shown = contributions.slice(0, maxContributions);
  const hidden = contributions.length - shown.length;
  const top = lead.blocks === undefined ? [titleHeader(lead)] : [];
  const foot: AnyBlock[] = [context(alertContext(combined))];
  if (message.kind === 'alert') foot.push(...handlingBlocks(message.handling, options.actions));
  if (message.kind === 'alert' && message.repeats !== undefined)
    foot.unshift(context([repeatsText(message.repeats)]));
  if (message.kind === 'alert' && message.followUps !== undefined)
    foot.unshift(context([followUpNote(message.followUps, combined)]));
  const suppressed = suppressedNote(combined);
  if (suppressed !== '') foot.unshift(context([suppressed]));
  if (hidden > 0) foot.unshift(leftOut(more(hidden, 'alert')));
  const own = lead.blocks === undefined ? [] : templateBlocks(lead.blocks);
  const parts = shown.flatMap((contribution) => partsOf(contribution, contribution.alert === lead));
  const fixed = [...top, ...mentioned, ...foot];
  const maxOwn = limits.blocks - fixed.length - parts.length;
  // The template's blocks are one more part of the body, and the only one that is shown above the details.
  const ownPart: Part = { build: (room) => firstBlocks(own, maxOwn, room) };
  const [above = [], ...details] = share(
    [ownPart, ...parts],
    limits.blockCharacters - brackets - sizeOf(fixed),
  );
  const most = limits.blocks - fixed.length - above.length;
  const body = firstBlocks(details.flat(), most, limits.blockCharacters);
  return assemble(message, lead.severity, [...top, ...above, ...mentioned], [...body, ...foot]);
}

function followUpPayload(followUp: FollowUp, message: Message): SlackPayload {
  const line = section(`*${ruleLabel(followUp.ruleName)}*: ${followUpText(followUp)}`);
  return assemble(message, followUp.severity, [], [line, context(followUpContext(followUp))]);
}

function noticePayload(notice: Notice, message: Message): SlackPayload {
  if (notice.brief === true)
    return { text: headlineOf(message), blocks: [context([briefLine(notice.title, notice.at)])] };
  const title = titleHeader({ title: [notice.title], ruleName: 'Notice' });
  const foot = [context(noticeContext(notice))];
  const detail = clean(shorten(notice.detail)).trim();
  const body =
    detail === ''
      ? []
      : literalPart(detail).build(limits.blockCharacters - brackets - sizeOf([title, ...foot]));
  return assemble(message, notice.severity, [title], [...body, ...foot]);
}

function assemble(
  message: Message,
  severity: Severity,
  blocks: readonly AnyBlock[],
  details: readonly AnyBlock[],
): SlackPayload {
  return {
    text: headlineOf(message),
    ...(blocks.length > 0 && { blocks }),
    attachments: [{ color: severityColours[severity], blocks: details }],
  };
}

function titleHeader(alert: Pick<AlertContent, 'title' | 'ruleName'>): AnyBlock {
  return header(escapeText(titleOf(alert)));
}

function titleOf({ title, ruleName }: Pick<AlertContent, 'title' | 'ruleName'>): string {
  return oneLine(literalOf(title)) || oneLine(clean(ruleName));
}

/** What a contribution adds to the body, in the order it is shown. */
function partsOf({ alert, showsTitle, showsText, fields }: Contribution, isLead: boolean): Part[] {
  if (isLead && alert.blocks !== undefined) return [];
  const own = alert.blocks === undefined ? undefined : templateBlocks(alert.blocks);
  const paragraphs: string[] = [];
  const title = escapedMrkdwnOf(alert.title);
  if (isLead ? escapeText(titleOf(alert)).length > limits.header : showsTitle && own === undefined) {
    paragraphs.push(title);
  }
  if (showsText && own === undefined) paragraphs.push(mrkdwnOf(alert.text ?? []));
  const parts: Part[] = [];
  const shownFields = fields
    .map(({ name, value }) => ({ name: clean(name), value: literalOf(value).trim() }))
    .filter(({ value }) => value !== '');
  if (own !== undefined) parts.push({ build: (room) => firstBlocks(own, limits.blocks, room) });
  else if (shownFields.length > 0) parts.push(fieldsPart(shownFields));
  if (!isLead && (paragraphs.length > 0 || parts.length > 0))
    paragraphs.unshift(`*${ruleLabel(alert.ruleName)}*`);
  const text = paragraphs.filter((paragraph) => paragraph.trim() !== '').join('\n');
  return text === '' ? parts : [textPart(text), ...parts];
}

function ruleLabel(name: string): string {
  return cut(neutralise(oneLine(name)), limits.header);
}

/** Builds every part, the largest in less room where all of them together would be too much. */
function share(parts: readonly Part[], room: number): AnyBlock[][] {
  const whole = parts.map((part) => part.build(Number.POSITIVE_INFINITY));
  const shares = shareOut(whole.map(sizeOf), room);
  return parts.map((part, index) => part.build(shares[index] ?? 0));
}
