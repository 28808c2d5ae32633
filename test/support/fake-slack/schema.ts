import { isJsonObject, type JsonObject } from './json.js';

/** Every way in which `value`, found at the JSON pointer `at`, is not what Slack takes; none when it is taken. */
export type Check = (value: unknown, at: string) => Iterable<string>;

/** A problem in the form Slack gives it in `response_metadata.messages`. */
export function problem(message: string, at: string): string {
  return `[ERROR] ${message} [json-pointer:${at}]`;
}

export function satisfies(holds: (value: unknown) => boolean, message: string): Check {
  return function* check(value, at) {
    if (!holds(value)) yield problem(message, at);
  };
}

export const boolean = satisfies((value) => typeof value === 'boolean', 'must be a boolean');

export function integer(min: number, max: number): Check {
  return satisfies(
    (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
    `must be an integer from ${min} to ${max}`,
  );
}

export function oneOf(...values: readonly string[]): Check {
  return satisfies(
    (value) => typeof value === 'string' && values.includes(value),
    `must be one of ${values.join(', ')}`,
  );
}

/** A string of 1 to `max` UTF-16 code units. */
export function string(max = Infinity): Check {
  return function* check(value, at) {
    if (typeof value !== 'string') yield problem('must be a string', at);
    else if (value.length === 0) yield problem('must be more than 0 characters', at);
    else if (value.length > max) yield problem(`must be less than ${max + 1} characters`, at);
  };
}

/** A list of 1 to `max` items. Where `unique` names a property, no two items may have the same value in it. */
export function list(item: Check, { max = Infinity, unique }: { max?: number; unique?: string } = {}): Check {
  return function* check(value, at) {
    if (!Array.isArray(value)) return yield problem('must be an array', at);
    if (value.length === 0) yield problem('must have at least 1 item', at);
    if (value.length > max) yield problem(`no more than ${max} items allowed`, at);
    const seen = new Set<unknown>();
    for (const [index, element] of value.entries()) {
      yield* item(element, `${at}/${index}`);
      if (unique === undefined || !isJsonObject(element) || element[unique] === undefined) continue;
      if (seen.has(element[unique])) yield problem(`${unique} already exists`, `${at}/${index}`);
      seen.add(element[unique]);
    }
  };
}

export interface Shape {
  readonly required?: Readonly<Record<string, Check>>;
  readonly optional?: Readonly<Record<string, Check>>;
  /** At least one of these optional properties must be there. */
  readonly anyOf?: readonly string[];
}

/** An object of exactly these properties; `type` is `byType`'s to check. */
export function object({ required = {}, optional = {}, anyOf }: Shape): Check {
  const known = new Map(Object.entries({ ...optional, ...required }));
  return function* check(value, at) {
    if (!isJsonObject(value)) return yield problem('must be an object', at);
    for (const name of Object.keys(required)) {
      if (!(name in value)) yield problem(`missing required field: ${name}`, at);
    }
    if (anyOf !== undefined && !anyOf.some((name) => name in value)) {
      yield problem(`must have one of ${anyOf.join(', ')}`, at);
    }
    yield* propertyProblems(value, known, at);
  };
}

function* propertyProblems(
  value: JsonObject,
  known: ReadonlyMap<string, Check>,
  at: string,
): Generator<string> {
  for (const [name, property] of Object.entries(value)) {
    if (name === 'type') continue;
    const check = known.get(name);
    if (check === undefined) yield problem(`invalid additional property: ${name}`, at);
    else yield* check(property, `${at}/${name}`);
  }
}

/** An object whose `type` is one of these, and which is what its type asks for. */
export function byType(variants: Readonly<Record<string, Check>>): Check {
  const known = new Map(Object.entries(variants));
  return function* check(value, at) {
    const type = isJsonObject(value) ? value['type'] : undefined;
    const variant = typeof type === 'string' ? known.get(type) : undefined;
    if (variant === undefined) yield problem(`unsupported type: ${JSON.stringify(type)}`, at);
    else yield* variant(value, at);
  };
}
