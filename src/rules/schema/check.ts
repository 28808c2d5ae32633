import { ValidateBy } from 'class-validator';

/** The part of JSON Schema, draft 7, that is used here. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The name under which class-validator and class-validator-jsonschema know every check below. */
export const checkName = 'check';

/** What a property's value must be; it is kept among the constraints of class-validator's metadata. */
export interface Check {
  /** What class-validator decides by. */
  readonly holds: (value: unknown) => boolean;
  /** What each entry must be where the value is a list or mapping, so that a fault is reported at its entry. */
  readonly entries?: { readonly of: 'list' | 'mapping'; readonly hold: (entry: unknown) => boolean };
  /** What to write in place of this value or entry, where more can be said than the message does. */
  readonly hint?: (value: unknown) => string | undefined;
  /** The same for editors. */
  readonly schema: JsonSchema;
}

/** Makes a property's check one of class-validator's. A property has at most one. */
export function Checked(check: Check, message: string): PropertyDecorator {
  const validator = { validate: (value: unknown) => check.holds(value), defaultMessage: () => message };
  return ValidateBy({ name: checkName, constraints: [check], validator }, { message });
}

/** What the JSON Schema says of a section, or of one of its keys, beside what its check says. */
export interface DescribedPart {
  readonly schema: JsonSchema;
  /** The section's class, or with a key its prototype, as decorators get them. */
  readonly section: object;
  readonly key?: string;
}

const parts: DescribedPart[] = [];

/** Every part that has an {@link InSchema} or a {@link Describe}. */
export function describedParts(): readonly DescribedPart[] {
  return parts;
}

/**
 * Adds to what editors know of a section or a key. It is kept for tools/rules-json-schema.ts, since the library that
 * makes the JSON Schema is not installed in production.
 */
export function InSchema(schema: JsonSchema): ClassDecorator & PropertyDecorator {
  return (section: object, key?: string | symbol) => {
    parts.push({ schema, section, key: key === undefined ? undefined : String(key) });
  };
}

/** What editors show of a section or a key. */
export function Describe(description: string): ClassDecorator & PropertyDecorator {
  return InSchema({ description });
}
