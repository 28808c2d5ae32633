import { blocks as blocksCheck } from './block-schema.js';
import { isJsonObject, type JsonObject, listAt, objectsIn, stringAt, stringsIn } from './json.js';

/** Where a message comes in: Slack's limits and its words for a refusal differ. */
export type Surface = 'webhook' | 'chat.postMessage' | 'chat.update';

/** `error` is Slack's code; `detail` says what was wrong and where. */
export interface Refusal {
  readonly error: string;
  readonly detail: string;
}

const MAX_TEXT = { webhook: 40_000, 'chat.postMessage': 40_000, 'chat.update': 4_000 } as const;
const MAX_BLOCKS = 50;
/** Undocumented: Slack has been seen to refuse from 11,000 to 13,000 on. */
const MAX_BLOCKS_CHARACTERS = 13_000;
const MAX_ATTACHMENTS = 100;
/** All that may stand beside an attachment's `blocks`: Slack refuses a mix with the legacy properties. */
const BESIDE_BLOCKS: ReadonlySet<string> = new Set(['blocks', 'color', 'fallback']);
const LEGACY_TEXTS = ['fallback', 'pretext', 'author_name', 'title', 'text', 'footer'] as const;

/** Incoming Webhooks answer with fewer codes than chat.postMessage; codes not named here are the same. */
const WEBHOOK_CODES: Readonly<Record<string, string>> = {
  invalid_json: 'invalid_payload',
  invalid_arguments: 'invalid_payload',
  msg_too_long: 'invalid_payload',
  invalid_blocks_format: 'invalid_blocks',
  msg_blocks_too_long: 'invalid_blocks',
};

/** Why Slack refuses this message, or undefined when it takes it. Characters are UTF-16 code units. */
export function refusalOf(body: JsonObject, surface: Surface): Refusal | undefined {
  const [first] = refusals(body, surface);
  if (first === undefined || surface !== 'webhook') return first;
  return { ...first, error: WEBHOOK_CODES[first.error] ?? first.error };
}

function* refusals(body: JsonObject, surface: Surface): Generator<Refusal> {
  for (const text of stringsIn(body)) {
    if (!text.isWellFormed()) yield { error: 'invalid_json', detail: 'a string holds a lone surrogate' };
  }
  for (const name of ['text', 'thread_ts']) {
    if (body[name] !== undefined && typeof body[name] !== 'string') {
      yield { error: 'invalid_arguments', detail: `${name} must be a string` };
    }
  }
  const text = stringAt(body, 'text') ?? '';
  if (text.length > MAX_TEXT[surface]) {
    yield { error: 'msg_too_long', detail: `text has ${text.length} of ${MAX_TEXT[surface]} characters` };
  }
  yield* blockRefusals(body);
  yield* attachmentRefusals(body);
  yield* totalRefusals(body);
  if (text.trim() === '' && listAt(body, 'blocks').length === 0 && !listAt(body, 'attachments').some(shows)) {
    yield { error: 'no_text', detail: 'neither text, blocks nor attachments' };
  }
}

function* blockRefusals(body: JsonObject): Generator<Refusal> {
  const { blocks } = body;
  if (blocks === undefined) return;
  if (!Array.isArray(blocks)) {
    yield { error: 'invalid_blocks_format', detail: 'blocks must be an array' };
  } else if (!isEmptyList(blocks)) {
    for (const detail of blocksCheck(blocks, '/blocks')) yield { error: 'invalid_blocks', detail };
  }
}

function* attachmentRefusals(body: JsonObject): Generator<Refusal> {
  const { attachments } = body;
  if (attachments === undefined) return;
  const error = 'invalid_attachments';
  if (!Array.isArray(attachments)) return yield { error, detail: 'attachments must be an array' };
  if (attachments.length > MAX_ATTACHMENTS) {
    yield {
      error: 'too_many_attachments',
      detail: `${attachments.length} of ${MAX_ATTACHMENTS} attachments`,
    };
  }
  for (const [index, attachment] of attachments.entries()) {
    for (const detail of attachmentProblems(attachment, `/attachments/${index}`)) yield { error, detail };
  }
}

function* attachmentProblems(attachment: unknown, at: string): Generator<string> {
  if (!isJsonObject(attachment)) return yield `${at} must be an object`;
  for (const name of ['color', ...LEGACY_TEXTS]) {
    if (name in attachment && typeof attachment[name] !== 'string') yield `${at}/${name} must be a string`;
  }
  // An empty list counts as none, here as at the top level.
  if (!('blocks' in attachment) || isEmptyList(attachment['blocks'])) return;
  for (const name of Object.keys(attachment)) {
    if (!BESIDE_BLOCKS.has(name)) yield `${at} mixes blocks with the legacy property ${name}`;
  }
  yield* blocksCheck(attachment['blocks'], `${at}/blocks`);
}

/** The limits on all blocks together, those inside attachments included. */
function* totalRefusals(body: JsonObject): Generator<Refusal> {
  const own = listAt(body, 'blocks');
  const attached = listAt(body, 'attachments').flatMap((each) =>
    isJsonObject(each) ? listAt(each, 'blocks') : [],
  );
  const count = own.length + attached.length;
  if (count > MAX_BLOCKS) {
    const error = own.length > MAX_BLOCKS ? 'invalid_blocks' : 'invalid_attachments';
    yield { error, detail: `no more than ${MAX_BLOCKS} blocks allowed, ${count} given` };
  }
  let characters = 0;
  for (const node of objectsIn([...own, ...attached])) characters += stringAt(node, 'text')?.length ?? 0;
  if (characters > MAX_BLOCKS_CHARACTERS) {
    const detail = `blocks have ${characters} of ${MAX_BLOCKS_CHARACTERS} characters`;
    yield { error: 'msg_blocks_too_long', detail };
  }
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Whether an attachment shows anything: one of a colour alone leaves a message empty. */
function shows(attachment: unknown): boolean {
  if (!isJsonObject(attachment)) return false;
  return (
    listAt(attachment, 'blocks').length > 0 ||
    listAt(attachment, 'fields').length > 0 ||
    [...LEGACY_TEXTS, 'image_url', 'thumb_url'].some(
      (name) => (stringAt(attachment, name) ?? '').trim() !== '',
    )
  );
}
