export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The string property of that name, or undefined where it is absent or anything else. */
export function stringAt(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === 'string' ? value : undefined;
}

/** The list property of that name, or an empty list where it is absent or anything else. */
export function listAt(object: JsonObject, name: string): readonly unknown[] {
  const value = object[name];
  return Array.isArray(value) ? value : [];
}

/** Every object inside `value`, itself included, outer before inner and in document order. */
export function* objectsIn(value: unknown): Generator<JsonObject> {
  if (Array.isArray(value)) {
    for (const item of value) yield* objectsIn(item);
  } else if (isJsonObject(value)) {
    yield value;
    for (const property of Object.values(value)) yield* objectsIn(property);
  }
}

/** Every string inside `value`, property names included. */
export function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    yield value;
  } else if (Array.isArray(value)) {
    for (const item of value) yield* stringsIn(item);
  } else if (isJsonObject(value)) {
    for (const [name, property] of Object.entries(value)) {
      yield name;
      yield* stringsIn(property);
    }
  }
}
