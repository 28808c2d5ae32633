import type { AnyBlock, RichTextElement, RichTextSection } from '@slack/types';
import type { AlertContent, Suppressed } from '../../domain/alert.js';
import type { Digest } from '../../domain/alerting/digest.js';
import {
  countLines,
  digestTitle,
  singledOut,
  singleTitle,
  type CountLine,
  type Show,
  type SingledOut,
} from '../text/digest-text.js';
import { suppressedText } from '../text/suppressed-text.js';
import { context, header, section, sizeOf } from './blocks.js';
import { digestContext } from './context-line.js';
import { cutLiteral, shorten } from './cut.js';
import { clean, escapeText, oneLine, safeUrl } from './escape.js';
import { mentionsOf } from './headline.js';
import { limits } from './limits.js';
import { dateElement } from './local-time.js';

/** How much of what can be long is shown: characters of a name, a title and a link, and alerts singled out. */
interface Shape {
  readonly name: number;
  readonly title: number;
  readonly link: number;
  readonly alerts: number;
}

/** From the best to the least. The first that fits is taken, and the last fits whatever the digest holds. */
const shapes: readonly [Shape, ...Shape[]] = [
  { name: 100, title: 300, link: 500, alerts: 6 },
  { name: 60, title: 150, link: 300, alerts: 6 },
  { name: 40, title: 100, link: 200, alerts: 6 },
  { name: 40, title: 80, link: 200, alerts: 4 },
  { name: 40, title: 80, link: 200, alerts: 2 },
  { name: 40, title: 60, link: 0, alerts: 1 },
];

/** For a digest that brings all its alerts, or nearly: each of them, with its link or without. */
const listings: readonly Shape[] = [
  { name: 60, title: 120, link: 200, alerts: 30 },
  { name: 40, title: 80, link: 0, alerts: 30 },
];
/** Above so many a digest is a listing. */
const singledOutAtMost = 6;

/** Above and beside the colour bar. */
export interface DigestBlocks {
  readonly blocks: readonly AnyBlock[];
  readonly details: readonly AnyBlock[];
}

/**
 * A digest as Slack shows it. Every name, title and code in it is shown to the letter.
 *
 * @param end what stands below it
 */
export function digestBlocks(digest: Digest, end: readonly AnyBlock[] = []): DigestBlocks {
  const { mentions } = digest;
  const mentioned = mentions.length === 0 ? [] : [section(mentionsOf(mentions, limits.section))];
  const title = digestTitle(digest, (name) => escapeText(literalLine(limits.header)(name)));
  const blocks = [header(title), ...mentioned];
  const foot = [context(digestContext(digest)), ...end];
  const room = limits.blockCharacters - sizeOf([...blocks, ...foot]) - JSON.stringify([[], []]).length;
  let body: AnyBlock[] = [];
  const candidates = singledOut(digest).length > singledOutAtMost ? [...listings, ...shapes] : shapes;
  for (const shape of candidates) {
    body = bodyIn(shape, digest);
    if (sizeOf(body) <= room) break;
  }
  return { blocks, details: [...body, ...foot] };
}

function bodyIn(shape: Shape, digest: Digest): AnyBlock[] {
  const counts = countLines(digest, literalLine(shape.name)).map(countSection);
  const all = singledOut(digest);
  const shown = all.slice(0, shape.alerts).map((each) => alertSection(each, shape));
  const missing = all.length - shown.length;
  if (missing > 0) shown.push(sectionOf([text(`… (${missing} more of the worst)`)]));
  return [counts, shown]
    .filter((elements) => elements.length > 0)
    .map((elements) => ({ type: 'rich_text', elements }));
}

function countSection({ label, names, missing }: CountLine): RichTextSection {
  const elements: RichTextElement[] = [bold(`${label}: `)];
  for (const [index, { shown, count }] of names.entries()) {
    // Code shows where a name ends, whatever it holds.
    elements.push({ type: 'text', text: shown, style: { code: true } });
    elements.push(text(` × ${count}${index < names.length - 1 ? ', ' : ''}`));
  }
  if (missing > 0) elements.push(text(`, and ${missing} more`));
  return sectionOf(elements);
}

function alertSection({ label, alert }: SingledOut, shape: Shape): RichTextSection {
  const elements: RichTextElement[] = [
    bold(`${label}: `),
    text(singleTitle(alert, literalLine(shape.title))),
    ...separated(dateElement(alert.at)),
    ...separated(linkElement(alert, shape.link)),
  ];
  if (alert.suppressed !== undefined) elements.push(...suppressedElements(alert.suppressed));
  return sectionOf(elements);
}

function suppressedElements(suppressed: Suppressed): RichTextElement[] {
  const since = dateElement(suppressed.since);
  const said = text(` · ${suppressedText(suppressed, () => '')}`);
  return since === undefined ? [said] : [said, text(' since '), since];
}

function separated(element: RichTextElement | undefined): RichTextElement[] {
  return element === undefined ? [] : [text(' · '), element];
}

function linkElement({ link }: AlertContent, longest: number): RichTextElement | undefined {
  const url = safeUrl(link ?? '');
  return url === undefined || url.length > longest ? undefined : { type: 'link', url, text: 'Open in Auth0' };
}

function literalLine(limit: number): Show {
  return (value) => cutLiteral(oneLine(clean(shorten(value))), limit);
}

function text(value: string): RichTextElement {
  return { type: 'text', text: value };
}

function bold(value: string): RichTextElement {
  return { type: 'text', text: value, style: { bold: true } };
}

function sectionOf(elements: RichTextElement[]): RichTextSection {
  return { type: 'rich_text_section', elements };
}
