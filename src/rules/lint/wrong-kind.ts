import { fieldOf, type FieldKind } from '../../domain/catalogue/event-fields.js';
import { isObject, toNumber } from '../../domain/json-value.js';
import type { Place } from '../problem.js';
import type { Impossible } from './impossible-test.js';

const textOperators = ['matches', 'startsWith', 'endsWith', 'contains', 'cidr'];
const numberOperators = ['gt', 'gte', 'lt', 'lte'];
const words: Readonly<Record<FieldKind, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

/** What a path can hold in events of the types; undefined where that is not known. */
export function kindsOf(
  steps: readonly string[],
  types: readonly string[],
): ReadonlySet<FieldKind> | undefined {
  const kinds = new Set<FieldKind>();
  for (const type of types) {
    const field = fieldOf(type, steps);
    if (field.kind === 'anything') return undefined;
    if (field.kind === 'values') for (const kind of field.kinds) kinds.add(kind);
  }
  return kinds.size === 0 ? undefined : kinds;
}

/** Where a test asks a field for what it never holds: a number of a text, or a text of a number. */
export function wrongKinds(
  form: unknown,
  path: string,
  kinds: ReadonlySet<FieldKind>,
  at: Place = [],
): readonly Impossible[] {
  if (Array.isArray(form)) return form.flatMap((entry, index) => literal(entry, path, kinds, [...at, index]));
  if (!isObject(form)) return literal(form, path, kinds, at);
  return Object.entries(form).flatMap(([name, operand]) => {
    const place = [...at, name];
    if (name === 'not' || name === 'any' || name === 'all') return wrongKinds(operand, path, kinds, place);
    if (name === 'equals') return literal(operand, path, kinds, place);
    if (name === 'in') return wrongKinds(operand, path, kinds, place);
    const wanted = numberOperators.includes(name)
      ? 'number'
      : textOperators.includes(name)
        ? 'string'
        : undefined;
    if (wanted === undefined || kinds.has(wanted)) return [];
    return [
      {
        at: place,
        message: `"${path}" is ${described(kinds)}, and "${name}" is for ${wanted === 'number' ? 'numbers' : 'text'}`,
        hint:
          wanted === 'number'
            ? 'take a field that holds a number, or "matches" for text'
            : 'write a value, or gt, gte, lt or lte for numbers',
      },
    ];
  });
}

function literal(value: unknown, path: string, kinds: ReadonlySet<FieldKind>, at: Place): Impossible[] {
  const kind = typeof value;
  if (kind !== 'string' && kind !== 'number' && kind !== 'boolean') return [];
  if (kinds.has(kind)) return [];
  return [
    {
      at,
      message: `"${path}" is ${described(kinds)}, never ${kind === 'string' ? 'the text' : 'the value'} ${JSON.stringify(value)}`,
      hint: literalHint(value, kinds),
    },
  ];
}

function literalHint(value: unknown, kinds: ReadonlySet<FieldKind>): string {
  if (typeof value !== 'string') {
    return kinds.has('string') ? `write it in quotes: '${String(value)}'` : 'correct the path or the value';
  }
  const isBare =
    (kinds.has('number') && toNumber(value) !== undefined) ||
    (kinds.has('boolean') && /^(true|false)$/.test(value));
  return isBare ? `write it without quotes: ${value}` : 'correct the path or the value';
}

function described(kinds: ReadonlySet<FieldKind>): string {
  const ofElements = [...kinds].filter((kind) => kind !== 'array');
  return ofElements.length === 0 ? words.array : ofElements.map((kind) => words[kind]).join(' or ');
}
