import { missing } from './field-path.js';

/**
 * A test on the value that a path leads to, which may be {@link missing}. `whole` tests look at the value as it is;
 * `element` tests hold for an array when they hold for one of its elements.
 */
export interface ValueTest {
  readonly scope: 'whole' | 'element';
  /** Never called with {@link missing} when the scope is `element`. Never throws. */
  holds(value: unknown): boolean;
}

export function elementTest(holds: (element: unknown) => boolean): ValueTest {
  return { scope: 'element', holds };
}

export function wholeTest(holds: (value: unknown) => boolean): ValueTest {
  return { scope: 'whole', holds };
}

/** Applies a test by its scope: a missing value fails every element test, and an array takes any of its elements. */
export function testHolds(test: ValueTest, value: unknown): boolean {
  if (test.scope === 'whole') return test.holds(value);
  if (value === missing) return false;
  return Array.isArray(value) ? value.some((element) => test.holds(element)) : test.holds(value);
}

/** Negates the whole test of a value: `not` of a test that some element passes is that none does. */
export function negate(test: ValueTest): ValueTest {
  return wholeTest((value) => !testHolds(test, value));
}
