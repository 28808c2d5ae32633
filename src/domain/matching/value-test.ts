import { isScalar, sameJson } from '../json-value.js';
import { absent } from './field-path.js';
import type { Scalar } from './list.js';

/**
 * A test on the value that a path leads to, which may be {@link absent}. `whole` tests look at the value itself;
 * `element` tests hold for an array when they hold for one of its elements. `either` tests look at the value itself
 * when they are alone, and at the one element in question when they are combined with an element test.
 */
export interface ValueTest {
  readonly scope: 'whole' | 'element' | 'either';
  /** Never called with {@link absent} when the scope is `element`. Never throws. */
  holds(value: unknown): boolean;
}

export function elementTest(holds: (element: unknown) => boolean): ValueTest {
  return { scope: 'element', holds };
}

export function wholeTest(holds: (value: unknown) => boolean): ValueTest {
  return { scope: 'whole', holds };
}

export function eitherTest(holds: (value: unknown) => boolean): ValueTest {
  return { scope: 'either', holds };
}

/** Applies a test by its scope: a absent value fails every element test, and an array takes any of its elements. */
export function testHolds(test: ValueTest, value: unknown): boolean {
  if (test.scope !== 'element') return test.holds(value);
  if (value === absent) return false;
  return Array.isArray(value) ? value.some((element) => test.holds(element)) : test.holds(value);
}

/** Negates the whole test of a value: `not` of a test that some element passes is that none does. */
export function negate(test: ValueTest): ValueTest {
  const holds = (value: unknown) => !testHolds(test, value);
  return test.scope === 'whole' ? wholeTest(holds) : eitherTest(holds);
}

/** Several tests of one value: those about the array itself look at it, the others must hold together on one element. */
export function together(tests: readonly ValueTest[]): ValueTest {
  const hasElementTest = tests.some((test) => test.scope === 'element');
  const element = tests.filter(
    (test) => test.scope === 'element' || (test.scope === 'either' && hasElementTest),
  );
  const whole = tests.filter((test) => !element.includes(test));
  const one = elementTest((value) => element.every((test) => test.holds(value)));
  if (whole.length === 0) return one;
  const holds = (value: unknown) =>
    whole.every((test) => test.holds(value)) && (element.length === 0 || testHolds(one, value));
  return whole.some((test) => test.scope === 'whole') ? wholeTest(holds) : eitherTest(holds);
}

/** Holds where one of the tests of an element does. */
export function anyOf(tests: readonly ((element: unknown) => boolean)[]): ValueTest {
  if (tests.length === 1) return elementTest(tests[0] as (element: unknown) => boolean);
  return elementTest((element) => tests.some((test) => test(element)));
}

/** Literal equality, kinds and case included, with the value itself or with one of its elements. */
export function equalsAny(operands: readonly unknown[]): ValueTest {
  const scalars = new Set(operands.filter((operand) => isScalar(operand)));
  const structures = operands.filter((operand) => !isScalar(operand));
  const equals = (value: unknown) =>
    scalars.has(value as Scalar) || structures.some((structure) => sameJson(structure, value));
  if (!structures.some((structure) => Array.isArray(structure))) return elementTest(equals);
  return eitherTest(
    (value) => value !== absent && (equals(value) || (Array.isArray(value) && value.some(equals))),
  );
}

export function onStrings(test: (text: string) => boolean): (element: unknown) => boolean {
  return (element) => typeof element === 'string' && test(element);
}

export function onArrays(test: (array: readonly unknown[]) => boolean): ValueTest {
  return wholeTest((value) => Array.isArray(value) && test(value));
}

export function never(): boolean {
  return false;
}
