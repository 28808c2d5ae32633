import { markupOfRichTextElement } from './active-markup.js';
import { isJsonObject, type JsonObject, listAt, stringAt } from './json.js';

/**
 * All text of a message a person can see or have read out, a line for each text object, legacy text or element of
 * rich_text. `&lt;` `&gt;` `&amp;` are decoded where Slack decodes them, thus not in rich_text. Markup stays as written.
 */
export function messageText(body: JsonObject): string {
  return [...linesOf(body)].join('\n');
}

function* linesOf(body: JsonObject): Generator<string> {
  yield* decoded(body, ['text']);
  yield* linesOfBlocks(body['blocks']);
  for (const attachment of listAt(body, 'attachments')) {
    if (!isJsonObject(attachment)) continue;
    yield* decoded(attachment, ['fallback', 'pretext', 'author_name', 'title', 'text']);
    for (const field of listAt(attachment, 'fields')) {
      if (isJsonObject(field)) yield* decoded(field, ['title', 'value']);
    }
    yield* decoded(attachment, ['footer']);
    yield* linesOfBlocks(attachment['blocks']);
  }
}

function* decoded(object: JsonObject, names: readonly string[]): Generator<string> {
  for (const name of names) {
    const text = stringAt(object, name);
    if (text !== undefined) yield decodeEntities(text);
  }
}

/** In one pass, so that `&amp;lt;` becomes `&lt;` and no more. */
function decodeEntities(text: string): string {
  const characters: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
  return text.replaceAll(/&(?:lt|gt|amp);/g, (entity) => characters[entity] ?? entity);
}

function* linesOfBlocks(node: unknown): Generator<string> {
  if (Array.isArray(node)) {
    for (const item of node) yield* linesOfBlocks(item);
    return;
  }
  if (!isJsonObject(node)) return;
  switch (node['type']) {
    case 'plain_text':
    case 'mrkdwn':
    case 'markdown':
      yield* decoded(node, ['text']);
      return;
    case 'rich_text_section':
    case 'rich_text_quote':
    case 'rich_text_preformatted':
      yield listAt(node, 'elements').map(textOfRichTextElement).join('');
      return;
    default:
      yield* decoded(node, ['alt_text']);
      for (const property of Object.values(node)) yield* linesOfBlocks(property);
  }
}

function textOfRichTextElement(element: unknown): string {
  if (!isJsonObject(element)) return '';
  switch (element['type']) {
    case 'text':
      return stringAt(element, 'text') ?? '';
    case 'link':
      return stringAt(element, 'text') ?? stringAt(element, 'url') ?? '';
    case 'emoji':
      return `:${stringAt(element, 'name') ?? ''}:`;
    case 'date':
      return stringAt(element, 'fallback') ?? markupOfRichTextElement(element) ?? '';
    default:
      return markupOfRichTextElement(element) ?? '';
  }
}
