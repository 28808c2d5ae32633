import { eventData } from '../../domain/event.js';
import { momentPattern, parseMoment } from '../compile/moment.js';
import { momentHint } from './time-hints.js';
import { Checked, type JsonSchema } from './check.js';
import { isObject } from '../../domain/json-value.js';

const moment: JsonSchema = { type: 'string', pattern: momentPattern };

/** `+5m`, or a date. */
export function IsMoment(message: string): PropertyDecorator {
  return Checked({ holds: isMoment, hint: momentHint, schema: moment }, message);
}

/** A mapping of some of the names to whole numbers. */
export function IsCounts(names: readonly string[], message: string): PropertyDecorator {
  const holds = (value: unknown) =>
    isObject(value) && Object.entries(value).every(([name, entry]) => names.includes(name) && isCount(entry));
  const properties = names.map((name) => [
    name,
    { type: 'integer', minimum: 0, description: `${name}: so many.` },
  ]);
  return Checked(
    {
      holds,
      schema: { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false },
    },
    `${message}; the reasons are ${names.join(', ')}`,
  );
}

/** A list of events that is not empty, each with an optional moment `at`, or `{ file: path }`. */
export function IsTestEvents(message: string): PropertyDecorator {
  return Checked(
    {
      holds: (value) =>
        (Array.isArray(value) && value.length > 0 && value.every(isTestEvent)) || isFileReference(value),
      entries: { of: 'list', hold: isTestEvent },
      hint: (value) => {
        if (Array.isArray(value)) return 'write at least one event, such as { type: fu, ip: 203.0.113.9 }';
        return isObject(value) && eventData(value) !== undefined ? momentHint(value['at']) : undefined;
      },
      schema: {
        anyOf: [
          {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              properties: { at: moment },
              anyOf: [{ required: ['type'] }, { required: ['data'] }],
            },
          },
          {
            type: 'object',
            properties: { file: { type: 'string', minLength: 1 } },
            required: ['file'],
            additionalProperties: false,
          },
        ],
      },
    },
    message,
  );
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isFileReference(value: unknown): boolean {
  if (!isObject(value) || Object.keys(value).length !== 1) return false;
  return typeof value['file'] === 'string' && value['file'] !== '';
}

function isTestEvent(value: unknown): boolean {
  if (!isObject(value) || eventData(value) === undefined) return false;
  return value['at'] === undefined || isMoment(value['at']);
}

function isMoment(value: unknown): boolean {
  return typeof value === 'string' && parseMoment(value) !== undefined;
}
