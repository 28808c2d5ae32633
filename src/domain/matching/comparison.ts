import { toNumber } from '../json-value.js';
import type { Reader } from './match-types.js';

/**
 * What an event must hold for a match to be possible: a number above the limit, or at it where that is inclusive. What
 * reads it gives the greatest of the numbers in question, NaN where there is none; negated for `lt` and `lte`.
 */
export interface Comparison extends Reader<number> {
  readonly kind: 'comparison';
  /** Never NaN. */
  readonly limit: number;
  readonly inclusive: boolean;
}

const comparing = [
  ['gt', 1, false],
  ['gte', 1, true],
  ['lt', -1, false],
  ['lte', -1, true],
] as const;

/** The first comparison of a test's operators, if any. */
export function comparisonOf(
  operators: Readonly<Record<string, unknown>>,
  { reader, read }: Reader,
): Comparison | undefined {
  for (const [operator, sign, inclusive] of comparing) {
    const limit = toNumber(operators[operator]);
    // Nothing compares with NaN, which would have no place among sorted limits either.
    if (limit === undefined || Number.isNaN(limit)) continue;
    return {
      kind: 'comparison',
      reader: `${sign === 1 ? 'greatest' : 'least'} number of ${reader}`,
      read: (data) => greatest(read(data), sign),
      limit: sign * limit,
      inclusive,
    };
  }
  return undefined;
}

/** An array counts with each of its elements, as it does for these operators. */
function greatest(value: unknown, sign: 1 | -1): number {
  if (!Array.isArray(value)) return sign * (toNumber(value) ?? Number.NaN);
  let found = Number.NaN;
  for (const element of value) {
    const number = sign * (toNumber(element) ?? Number.NaN);
    if (Number.isNaN(found) || number > found) found = number;
  }
  return found;
}
