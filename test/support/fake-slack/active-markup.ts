import { isJsonObject, type JsonObject, listAt, objectsIn, stringAt } from './json.js';

/**
 * Every mention, link and date Slack would make of this message, in Slack's notation, in document order and with
 * repetitions: `<...>` in the top-level text, in mrkdwn and markdown, and in attachments' legacy texts, and the
 * active elements of rich_text (`<!here>`, `<@U1>`, `<!subteam^S1>`, `<#C1>`, `<url|label>`, `<!date^...>`).
 */
export function activeMarkup(body: JsonObject): string[] {
  return [...markupIn(body)];
}

function* markupIn(body: JsonObject): Generator<string> {
  yield* markupOfText(body['text']);
  yield* markupOfBlocks(body['blocks']);
  for (const attachment of listAt(body, 'attachments')) {
    if (!isJsonObject(attachment)) continue;
    for (const name of ['fallback', 'pretext', 'title', 'text', 'footer']) {
      yield* markupOfText(attachment[name]);
    }
    for (const field of listAt(attachment, 'fields')) {
      if (isJsonObject(field)) yield* markupOfText(field['value']);
    }
    yield* markupOfBlocks(attachment['blocks']);
  }
}

function* markupOfText(text: unknown): Generator<string> {
  if (typeof text === 'string') yield* text.match(/<[^<>]+>/g) ?? [];
}

function* markupOfBlocks(blocks: unknown): Generator<string> {
  for (const node of objectsIn(blocks)) {
    if (node['type'] === 'mrkdwn' || node['type'] === 'markdown') yield* markupOfText(node['text']);
    const markup = markupOfRichTextElement(node);
    if (markup !== undefined) yield markup;
  }
}

/** An active element of rich_text in mrkdwn's notation; undefined for text, emoji and everything else. */
export function markupOfRichTextElement(element: JsonObject): string | undefined {
  const after = (mark: string, name: string): string => {
    const value = stringAt(element, name);
    return value === undefined ? '' : `${mark}${value}`;
  };
  switch (element['type']) {
    case 'broadcast':
      return `<${after('!', 'range')}>`;
    case 'user':
      return `<${after('@', 'user_id')}>`;
    case 'usergroup':
      return `<${after('!subteam^', 'usergroup_id')}>`;
    case 'channel':
      return `<${after('#', 'channel_id')}>`;
    case 'link':
      return `<${after('', 'url')}${after('|', 'text')}>`;
    case 'date':
      return `<!date^${String(element['timestamp'])}${after('^', 'format')}${after('^', 'url')}${after('|', 'fallback')}>`;
    default:
      return undefined;
  }
}
