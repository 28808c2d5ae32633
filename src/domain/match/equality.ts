import { resolvePath, splitPath } from './field-path.js';
import { isObject, isScalar } from './json-value.js';
import type { Scalar } from './list.js';
import { isGlob, isSlashedRegex } from './pattern.js';

type Data = Readonly<Record<string, unknown>>;

/**
 * What an event must hold for a match to be possible: where the reader looks, one of the values or an array with one of
 * them.
 */
export interface Equality {
  /** The same for two readers that read the same. */
  readonly reader: string;
  readonly read: (data: Data) => unknown;
  readonly values: readonly Scalar[];
}

/** Equalities of which at least one must hold for a match to be possible. */
export type Requirement = readonly Equality[];

/** The requirement that one entry of `fields` implies, if any. */
export function requirementOfField(path: string, form: unknown): Requirement | undefined {
  const steps = splitPath(path);
  const read = (data: Data): unknown => resolvePath(data, steps);
  const values = isObject(form) ? literalValues(form) : patternFree(Array.isArray(form) ? form : [form]);
  if (values !== undefined) return [{ reader: `field ${path}`, read, values }];
  const prefix = isObject(form) ? form['startsWith'] : prefixOfGlob(form);
  if (typeof prefix !== 'string' || prefix === '') return undefined;
  const { length } = prefix;
  const start = (value: unknown): unknown => (typeof value === 'string' ? value.slice(0, length) : undefined);
  return [
    {
      reader: `first ${length} of field ${path}`,
      read: (data) => {
        const value = read(data);
        return Array.isArray(value) ? value.map(start) : start(value);
      },
      values: [prefix],
    },
  ];
}

function literalValues(form: Record<string, unknown>): readonly Scalar[] | undefined {
  if (isScalar(form['equals'])) return [form['equals']];
  const values = form['in'];
  return Array.isArray(values) && values.every(isScalar) ? values : undefined;
}

function patternFree(entries: readonly unknown[]): readonly Scalar[] | undefined {
  return entries.every(isLiteral) ? entries : undefined;
}

function isLiteral(entry: unknown): entry is Scalar {
  return isScalar(entry) && !(typeof entry === 'string' && (isGlob(entry) || isSlashedRegex(entry)));
}

function prefixOfGlob(form: unknown): string | undefined {
  if (typeof form !== 'string' || isSlashedRegex(form) || !isGlob(form)) return undefined;
  return form.slice(0, form.indexOf('*'));
}
