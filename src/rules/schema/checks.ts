import { Matches } from 'class-validator';
import { isTimeZone, parseTimeOfDay } from '../../domain/alerting/active-hours.js';
import { redactions } from '../../domain/redaction.js';
import { parseDuration } from '../../domain/duration.js';
import { durationHint } from './time-hints.js';
import { Checked, type JsonSchema } from './check.js';
import { isObject } from '../../domain/json-value.js';

const text: JsonSchema = { type: 'string', minLength: 1 };

/** A rule's or channel's name. */
export function IsIdentifier(what: string): PropertyDecorator {
  return Matches(/^[a-z0-9-]+$/, { message: `${what} is a text made of a-z, 0-9 and -` });
}

/** `30s`, `5m`, `1h`, `7d`. */
export function IsDuration(): PropertyDecorator {
  return Checked(
    {
      holds: (value) => typeof value === 'string' && parseDuration(value) !== undefined,
      hint: durationHint,
      schema: { type: 'string', pattern: '^[1-9]\\d{0,8}[smhd]$' },
    },
    'write a duration such as 30s, 5m, 1h or 7d',
  );
}

/** `08:00` to `24:00`. */
export function IsTimeOfDay(): PropertyDecorator {
  return Checked(
    {
      holds: (value) => typeof value === 'string' && parseTimeOfDay(value) !== undefined,
      schema: { type: 'string', pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$' },
    },
    'write a time from "00:00" to "24:00", in quotes, such as "08:00"',
  );
}

/** An IANA time zone. */
export function IsZone(): PropertyDecorator {
  return Checked(
    { holds: (value) => typeof value === 'string' && isTimeZone(value), schema: text },
    'write an IANA time zone, such as Europe/Berlin',
  );
}

/** A text, or a list of texts that is not empty. */
export function IsTextOrTexts(message: string, schema: JsonSchema): PropertyDecorator {
  return Checked(
    {
      holds: (value) => isText(value) || (isFilled(value) && value.every((item) => isText(item))),
      entries: { of: 'list', hold: isText },
      schema: { anyOf: [schema, { type: 'array', items: schema, minItems: 1 }] },
    },
    message,
  );
}

/** A list of texts. */
export function IsTexts(message: string): PropertyDecorator {
  return Checked(
    {
      holds: (value) => Array.isArray(value) && value.every((item) => isText(item)),
      entries: { of: 'list', hold: isText },
      schema: { type: 'array', items: text },
    },
    message,
  );
}

/** A list of texts that is not empty. */
export function IsFilledTexts(message: string): PropertyDecorator {
  return Checked(
    {
      holds: (value) => isFilled(value) && value.every((item) => isText(item)),
      entries: { of: 'list', hold: isText },
      schema: { type: 'array', items: text, minItems: 1 },
    },
    message,
  );
}

/** A list of some of the values, not empty. */
export function IsSome(values: readonly string[], message: string): PropertyDecorator {
  const hold = (item: unknown) => (values as readonly unknown[]).includes(item);
  return Checked(
    {
      holds: (value) => isFilled(value) && value.every(hold),
      entries: { of: 'list', hold },
      schema: { type: 'array', items: { enum: values }, minItems: 1 },
    },
    message,
  );
}

/** A list of some of the values, which may be empty. */
export function IsSubset(values: readonly string[], message: string): PropertyDecorator {
  const hold = (item: unknown) => (values as readonly unknown[]).includes(item);
  return Checked(
    {
      holds: (value) => Array.isArray(value) && value.every(hold),
      entries: { of: 'list', hold },
      schema: { type: 'array', items: { enum: values } },
    },
    message,
  );
}

/** A mention that notifies somebody in Slack, with or without a label: of a channel, a person or a user group. */
const mention = /^<(!(here|channel|everyone)|@[UW][A-Z0-9]+|!subteam\^S[A-Z0-9]+)(\|[^<>|]*)?>$/;

/** A Slack mention such as `<!here>`, or a list of them. */
export function IsMentions(message: string): PropertyDecorator {
  const hold = (item: unknown) => typeof item === 'string' && mention.test(item);
  const schema = { type: 'string', pattern: mention.source };
  return Checked(
    {
      holds: (value) => hold(value) || (Array.isArray(value) && value.every(hold)),
      entries: { of: 'list', hold },
      hint: mentionHint,
      schema: { anyOf: [schema, { type: 'array', items: schema }] },
    },
    message,
  );
}

/** What was probably meant by a text that is no valid mention. */
function mentionHint(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const [, name = ''] = /^<?[@!#]?(.*?)>?$/s.exec(value) ?? [];
  if (/^(here|channel|everyone)$/i.test(name)) return `write "<!${name.toLowerCase()}>"`;
  if (/^[UW][A-Z0-9]{4,}$/.test(name)) return `write "<@${name}>"`;
  if (/^S[A-Z0-9]{4,}$/.test(name)) return `write "<!subteam^${name}>"`;
  if (name.includes('${'))
    return 'write the id itself, such as "<@U0123456789>": ${…} is replaced in channels only';
  if (value.startsWith('<#'))
    return 'a mention of a channel notifies nobody: name the channel under channels of the rule, or write "<!channel>"';
  if (/^<(!subteam\^|![a-z])/i.test(value))
    return 'write "<!subteam^S0123456789>", with the id of the user group: Slack notifies nobody by a name';
  if (value.startsWith('<@'))
    return 'write "<@U0123456789>", with the member id from the person\'s profile: Slack notifies nobody by a name';
  return undefined;
}

/** A list of Block Kit blocks: mappings that have a `type`. */
export function IsBlocks(message: string): PropertyDecorator {
  return Checked(
    {
      holds: (value) => isFilled(value) && value.every((item) => isBlock(item)),
      entries: { of: 'list', hold: isBlock },
      schema: {
        type: 'array',
        minItems: 1,
        items: { type: 'object', required: ['type'], properties: { type: text } },
      },
    },
    message,
  );
}

/** A mapping of paths into events to how the field is redacted. */
export function IsRedactions(): PropertyDecorator {
  return Checked(
    {
      holds: (value) => isObject(value) && Object.values(value).every(isRedaction),
      entries: { of: 'mapping', hold: isRedaction },
      schema: { type: 'object', additionalProperties: { enum: redactions } },
    },
    `write a path and one of ${redactions.join(', ')}, such as user_name: mask`,
  );
}

/** A mapping of names to whatever the schema says; what the values are is checked where they are compiled. */
export function IsMapping(message: string, schema: JsonSchema): PropertyDecorator {
  return Checked({ holds: isObject, schema }, message);
}

/** A mapping of names to texts, numbers or booleans. */
export function IsTextMapping(message: string): PropertyDecorator {
  return Checked(
    {
      holds: (value) => isObject(value) && Object.values(value).every((item) => isPrintable(item)),
      entries: { of: 'mapping', hold: isPrintable },
      schema: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
    },
    message,
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isFilled(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0;
}

function isBlock(value: unknown): boolean {
  return isObject(value) && isText(value['type']);
}

function isPrintable(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isRedaction(value: unknown): boolean {
  return (redactions as readonly unknown[]).includes(value);
}
