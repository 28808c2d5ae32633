import { isObject, isScalar } from '../json-value.js';
import type { Scalar } from './list.js';
import { isGlob, isSlashedRegex } from './pattern.js';
import type { Reader } from './match-types.js';

/** What an event must hold for a match to be possible: one of the values, or an array with one of them. */
export interface Equality extends Reader {
  readonly kind: 'equality';
  readonly values: readonly Scalar[];
}

/** The equality that a value of `fields` implies for what is read, if any; the start of a text is one too. */
export function equalityOf(form: unknown, { reader, read }: Reader): Equality | undefined {
  const values = isObject(form) ? literalValues(form) : patternFree(Array.isArray(form) ? form : [form]);
  if (values !== undefined) return { kind: 'equality', reader, read, values };
  const prefix = isObject(form) ? form['startsWith'] : prefixOfGlob(form);
  if (typeof prefix !== 'string' || prefix === '') return undefined;
  const { length } = prefix;
  const start = (value: unknown): unknown => (typeof value === 'string' ? value.slice(0, length) : undefined);
  return {
    kind: 'equality',
    reader: `first ${length} of ${reader}`,
    read: (data) => {
      const value = read(data);
      return Array.isArray(value) ? value.map(start) : start(value);
    },
    values: [prefix],
  };
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
