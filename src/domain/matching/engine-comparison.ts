/**
 * json-rules-engine's own comparisons by name. They compare any two values as JavaScript does, once the first starts
 * with a number as a text. They don't hold where JavaScript throws: for what can't become a primitive.
 */
export const engineComparisons: ReadonlyMap<string, (value: unknown, limit: unknown) => boolean> = new Map([
  ['lessThan', comparison((value, limit) => value < limit)],
  ['lessThanInclusive', comparison((value, limit) => value <= limit)],
  ['greaterThan', comparison((value, limit) => value > limit)],
  ['greaterThanInclusive', comparison((value, limit) => value >= limit)],
]);

/** The number that these comparisons take a value for when the limit is one; NaN when they hold for no limit. */
export function numberAsEngine(value: unknown): number {
  if (typeof value === 'number') return value;
  try {
    return startsWithNumber(value) ? Number(value) : Number.NaN;
  } catch {
    return Number.NaN;
  }
}

function comparison(holds: (value: number, limit: number) => boolean) {
  return (value: unknown, limit: unknown): boolean => {
    try {
      return startsWithNumber(value) && holds(value as number, limit as number);
    } catch {
      return false;
    }
  };
}

function startsWithNumber(value: unknown): boolean {
  return !Number.isNaN(Number.parseFloat(value as string));
}
