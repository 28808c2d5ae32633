import type { AnyBlock } from '@slack/types';
import { plainText, type BlockNode, type RichText } from '../../domain/alert.js';
import { cutMrkdwn } from './code-fence.js';
import { cut, cutLiteral, split } from './cut.js';
import { escapeText, safeUrl } from './escape.js';
import { limits } from './limits.js';
import { literalOf, mrkdwnOf, plainTextOf } from './mrkdwn.js';

type Json = string | number | boolean | null | readonly Json[] | JsonObject;
type JsonObject = { readonly [name: string]: Json };
type Entries = ReadonlyArray<readonly [name: string, node: BlockNode]>;

/** The position of a node in the tree, as far as it decides how text is written there. */
interface Place {
  readonly key: string;
  /** The `type` of the object it is an entry of. */
  readonly type: string;
  readonly literal: boolean;
  /** The most its text may have. */
  readonly limit: number;
}

type PlainSection = {
  readonly type: 'section';
  readonly text: { readonly type: 'plain_text'; readonly text: string; readonly emoji: false };
};

/** Elements of rich_text that notify somebody or show an emoji; a value must not choose which. */
const chosenByOperator = new Set(['user', 'usergroup', 'broadcast', 'channel', 'team', 'emoji']);

const textLimits: Readonly<Record<string, number>> = {
  'header.text': limits.header,
  'section.text': limits.section,
  'button.text': limits.buttonText,
};
const itemLimits: Readonly<Record<string, number>> = {
  'section.fields': limits.sectionFields,
  'context.elements': limits.contextElements,
  'actions.elements': limits.actionElements,
};

/**
 * A template's blocks with every value made harmless for its position. An object whose URL isn't an http(s)
 * one is left out (a link becomes its text), and so is a block that has nothing left.
 */
export function templateBlocks(nodes: readonly BlockNode[]): AnyBlock[] {
  return nodes.flatMap((node): AnyBlock[] => {
    if (!('entries' in node)) return [];
    if (typeOf(node.entries) === 'markdown' && hasValue(node)) return markdownAsPlainText(node.entries);
    const block = objectOf(node.entries, { key: '', type: '', literal: false, limit: limits.field });
    const type = block?.['type'];
    return block === undefined || typeof type !== 'string' ? [] : [{ ...block, type }];
  });
}

function resolve(node: BlockNode, place: Place): Json | undefined {
  if ('spans' in node) return textOf(node.spans, place);
  if ('literal' in node) return node.literal;
  if ('entries' in node) return objectOf(node.entries, place);
  const items = node.items
    .map((item) => resolve(item, place))
    .filter((item) => item !== undefined)
    .slice(0, itemLimits[`${place.type}.${place.key}`]);
  return items.length === 0 && node.items.length > 0 ? undefined : items;
}

function objectOf(entries: Entries, place: Place): JsonObject | undefined {
  const type = typeOf(entries);
  const literal = place.literal || type === 'rich_text';
  if (chosenByOperator.has(type) && literal && entries.some(([, node]) => hasValue(node))) {
    return literalElement(entries);
  }
  if (type === 'markdown' && entries.some(([, node]) => hasValue(node)))
    return markdownAsPlainText(entries)[0];
  const object: Record<string, Json> = {};
  for (const [key, node] of entries) {
    const limit = textLimits[`${type}.${key}`] ?? (key === 'text' ? place.limit : limits.field);
    const resolved = resolve(node, { key, type, literal, limit });
    if (resolved !== undefined) object[key] = resolved;
    else if (isUrl(key)) return type === 'link' ? literalElement(entries) : undefined;
    else if (key === 'elements' || key === 'type') return undefined;
  }
  const lostText = entries.some(([key]) => key === 'text') && object['text'] === undefined;
  if (lostText && object['fields'] === undefined) return undefined;
  // Without this, Slack would link whatever looks like a URL or a channel in a value.
  return type === 'mrkdwn' && entries.some(([, node]) => hasValue(node))
    ? { ...object, verbatim: true }
    : object;
}

/** Undefined for what Slack refuses: an empty text, or a URL that isn't one. */
function textOf(spans: RichText, place: Place): string | undefined {
  if (place.key === 'type')
    return spans.every((span) => typeof span === 'string') ? plainText(spans) : undefined;
  if (isUrl(place.key)) return safeUrl(plainText(spans));
  if (place.key === 'block_id' || place.key === 'action_id')
    return plainTextOf(spans).slice(0, limits.blockId);
  if (place.type === 'markdown') return plainTextOf(spans);
  if (place.literal) return cutLiteral(literalOf(spans), limits.field) || undefined;
  if (place.key === 'alt_text') return altText(spans);
  const text =
    place.type === 'mrkdwn' ? cutMrkdwn(mrkdwnOf(spans), place.limit) : cut(plainTextOf(spans), place.limit);
  return place.key === 'text' && text.trim() === '' ? undefined : text;
}

/** Slack refuses a message with an image that has none, so that one without words gets some. */
function altText(spans: RichText): string {
  const text = cut(plainTextOf(spans), limits.field);
  return text.trim() === '' ? 'image' : text;
}

/** Slack reads standard Markdown in these, against which nothing escapes a value. */
function markdownAsPlainText(entries: Entries): PlainSection[] {
  const spans = entries.flatMap(([key, node]) => (key === 'text' && 'spans' in node ? node.spans : []));
  const text = cut(escapeText(literalOf(spans)), limits.blockCharacters);
  return split(text, limits.section).map((piece) => ({
    type: 'section',
    text: { type: 'plain_text', text: piece, emoji: false },
  }));
}

/** What a person would have read in an element of rich_text, or undefined when that is nothing. */
function literalElement(entries: Entries): JsonObject | undefined {
  const texts = new Map(entries.map(([key, node]) => [key, 'spans' in node ? literalOf(node.spans) : '']));
  texts.delete('type');
  const text = texts.get('text') ?? [...texts.values()].find((value) => value !== '') ?? '';
  return text === '' ? undefined : { type: 'text', text: cutLiteral(text, limits.field) };
}

function typeOf(entries: Entries): string {
  const node = entries.find(([key]) => key === 'type')?.[1];
  return node !== undefined && 'spans' in node ? plainText(node.spans) : '';
}

function isUrl(key: string): boolean {
  return key === 'url' || key.endsWith('_url');
}

function hasValue(node: BlockNode): boolean {
  if ('spans' in node) return node.spans.some((span) => typeof span !== 'string');
  if ('items' in node) return node.items.some(hasValue);
  return 'entries' in node && node.entries.some(([, child]) => hasValue(child));
}
