import { eventCategories, eventTypeCodes } from '../src/domain/catalogue/catalogue.js';
import type { FieldOperator } from '../src/domain/matching/compile-test.js';
import type { JsonSchema } from '../src/rules/schema/check.js';

const scalar: JsonSchema = { type: ['string', 'number', 'boolean', 'null'] };
const scalars: JsonSchema = { type: 'array', items: scalar };
const fieldTest: JsonSchema = { $ref: '#/definitions/FieldTest' };
const condition: JsonSchema = { $ref: '#/definitions/Condition' };
const comparable: JsonSchema = { type: ['number', 'string'] };

const inList: JsonSchema = {
  type: 'string',
  description: 'Equals an entry of the list, or is inside one that is a range.',
};
/** What the operators on strings and addresses take. */
const texts: JsonSchema = {
  anyOf: [
    { type: ['string', 'number', 'boolean'] },
    { type: 'array', items: { type: ['string', 'number', 'boolean'] } },
    { type: 'object', properties: { inList }, required: ['inList'], additionalProperties: false },
  ],
};

const operators: Readonly<Record<FieldOperator, JsonSchema>> = {
  equals: { description: 'Exactly this value, taken literally.' },
  not: described('Negates any form.', fieldTest),
  in: described('Exactly one of these values, taken literally.', { type: 'array' }),
  matches: described('The regex (RE2, bare or /pattern/flags) finds something in the text.', texts),
  startsWith: described('The text starts with this.', texts),
  endsWith: described('The text ends with this.', texts),
  contains: described('The text contains this.', texts),
  cidr: described('The address is inside this range, v4 or v6.', texts),
  inList,
  gt: described('Greater than.', comparable),
  gte: described('Greater than, or equal.', comparable),
  lt: described('Less than.', comparable),
  lte: described('Less than, or equal.', comparable),
  exists: { type: 'boolean', description: 'true: the path is there, even if null; false: it is missing.' },
  size: described('The length of an array: a number, or a comparison such as { gt: 3 }.', fieldTest),
  any: described('Some element of the array holds.', fieldTest),
  all: described('Every element of the array holds; so does an empty array.', fieldTest),
};

/** What class-validator's decorators can't say of a value: its parts, which are checked where rules are compiled. */
export const valueSchemas: Readonly<Record<string, JsonSchema>> = {
  EventType: {
    description: 'An exact code, a glob, a /regex/ or a category.',
    anyOf: [
      { enum: eventTypeCodes },
      { enum: eventCategories.map((category) => `category:${category}`) },
      { type: 'string', minLength: 1, not: { pattern: '^category:' } },
    ],
  },
  FieldTest: {
    description:
      'A value, a list of values of which one must be it, or operators. A text may be /regex/flags or a glob*.',
    anyOf: [
      scalar,
      scalars,
      { type: 'object', properties: operators, additionalProperties: false, minProperties: 1 },
    ],
  },
  Condition: {
    description: 'A group of conditions (all, any, not), or one condition.',
    anyOf: [
      group('all', 'Every one of these holds.', { type: 'array', items: condition }),
      group('any', 'Some of these hold.', { type: 'array', items: condition }),
      group('not', 'This does not hold.', condition),
      {
        type: 'object',
        properties: {
          fact: {
            type: 'string',
            description: 'A top-level property of the event, or "event" for all of it.',
          },
          path: { type: 'string', description: 'A JSONPath into the fact, such as $.error.message.' },
          operator: {
            type: 'string',
            description: 'An operator of json-rules-engine or of fields, decorators such as not: before it.',
          },
          value: { description: 'What the operator compares with.' },
          params: { type: 'object' },
          name: { type: 'string' },
          priority: { type: 'number' },
        },
        required: ['fact', 'operator', 'value'],
        additionalProperties: false,
      },
    ],
  },
  List: {
    description: 'Values, or a file with one value a line.',
    anyOf: [
      { type: ['array', 'null'], items: scalar },
      {
        type: 'object',
        properties: { file: { type: 'string', minLength: 1, description: 'Relative to this rules file.' } },
        required: ['file'],
        additionalProperties: false,
      },
    ],
  },
};

function group(key: 'all' | 'any' | 'not', description: string, schema: JsonSchema): JsonSchema {
  return {
    type: 'object',
    properties: {
      [key]: described(description, schema),
      name: { type: 'string' },
      priority: { type: 'number' },
    },
    required: [key],
    additionalProperties: false,
  };
}

/** In draft 7 nothing counts beside a `$ref`. */
function described(description: string, schema: JsonSchema): JsonSchema {
  return '$ref' in schema ? { description, allOf: [schema] } : { ...schema, description };
}
