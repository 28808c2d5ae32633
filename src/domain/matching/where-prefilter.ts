import { compileTest, fieldOperators } from './compile-test.js';
import { engineComparisons } from './engine-comparison.js';
import { factReader } from './fact-reader.js';
import { absent } from './field-path.js';
import { isObject, isScalar } from '../json-value.js';
import type { Lists, Scalar } from './list.js';
import { testHolds } from './value-test.js';
import type { Verdict } from './match-types.js';

type Data = Readonly<Record<string, unknown>>;
type Prefilter = (data: Data) => Verdict;

const negation = 'not:';

/**
 * What can be said of a `where` tree without json-rules-engine: conditions on plain paths, whose operator compares with
 * a constant, are known; everything else is `maybe`.
 */
export function prefilterWhere(form: unknown, lists: Lists): Prefilter {
  if (!isObject(form)) return unknownVerdict;
  const entries = Object.entries(form).filter(([key]) => key !== 'name');
  const [group, inner] = entries.length === 1 ? (entries[0] as [string, unknown]) : [undefined, undefined];
  // json-rules-engine takes an empty group of either kind for true; that is rare enough to be left to it.
  if ((group === 'all' || group === 'any') && Array.isArray(inner) && inner.length > 0) {
    const conditions = inner.map((condition) => prefilterWhere(condition, lists));
    return group === 'all' ? every(conditions) : some(conditions);
  }
  if (group === 'not') {
    const negated = prefilterWhere(inner, lists);
    return (data) => opposite(negated(data));
  }
  return prefilterLeaf(form, lists);
}

function every(conditions: readonly Prefilter[]): Prefilter {
  return (data) => {
    let verdict: Verdict = 'yes';
    for (const condition of conditions) {
      const one = condition(data);
      if (one === 'no') return 'no';
      if (one === 'maybe') verdict = 'maybe';
    }
    return verdict;
  };
}

function some(conditions: readonly Prefilter[]): Prefilter {
  return (data) => {
    let verdict: Verdict = 'no';
    for (const condition of conditions) {
      const one = condition(data);
      if (one === 'yes') return 'yes';
      if (one === 'maybe') verdict = 'maybe';
    }
    return verdict;
  };
}

function opposite(verdict: Verdict): Verdict {
  if (verdict === 'maybe') return 'maybe';
  return verdict === 'yes' ? 'no' : 'yes';
}

function prefilterLeaf(form: Record<string, unknown>, lists: Lists): Prefilter {
  const reader = factReader(form);
  const test = reader && leafTest(String(form['operator']), form['value'], lists);
  if (reader === undefined || test === undefined) return unknownVerdict;
  return (data) => (test(reader.read(data)) ? 'yes' : 'no');
}

type LeafTest = (value: unknown) => boolean;

/** The operators whose result follows from their constant alone, with json-rules-engine's meaning of each. */
function leafTest(operator: string, operand: unknown, lists: Lists): LeafTest | undefined {
  if (operator.startsWith(negation)) {
    const negated = leafTest(operator.slice(negation.length), operand, lists);
    return negated && ((value) => !negated(value));
  }
  if (operator === 'in' || operator === 'notIn') {
    if (!Array.isArray(operand) || !operand.every(isScalar)) return undefined;
    const values = new Set<unknown>(operand);
    return operator === 'in' ? (value) => values.has(value) : (value) => !values.has(value);
  }
  const scalarTest = isScalar(operand) ? leafTestOfScalar(operator, operand, lists) : undefined;
  if (scalarTest !== undefined || operator === 'contains') return scalarTest;
  return ownTest(operator, operand, lists);
}

function leafTestOfScalar(operator: string, operand: Scalar, lists: Lists): LeafTest | undefined {
  switch (operator) {
    case 'equal':
      return (value) => value === operand;
    case 'notEqual':
      return (value) => value !== operand;
    case 'contains':
      return containment(operand, lists);
    case 'doesNotContain': {
      const contains = containment(operand, lists);
      return (value) => (typeof value === 'string' || Array.isArray(value)) && !contains(value);
    }
    default: {
      const compare = engineComparisons.get(operator);
      return compare && ((value) => compare(value, operand));
    }
  }
}

/** An array contains an element, a text a part of it. */
function containment(part: Scalar, lists: Lists): LeafTest {
  const inText = ownTest('contains', part, lists);
  return (value) => (Array.isArray(value) ? value.includes(part) : (inText?.(value) ?? false));
}

/** An operator with the meaning that it has in `fields`. */
function ownTest(operator: string, operand: unknown, lists: Lists): LeafTest | undefined {
  const hasConstant = isScalar(operand) || (Array.isArray(operand) && operand.every(isScalar));
  if (!hasConstant || !(fieldOperators as readonly string[]).includes(operator)) return undefined;
  let valid = true;
  const test = compileTest({ [operator]: operand }, lists, () => (valid = false));
  return valid ? (value) => testHolds(test, value === undefined ? absent : value) : undefined;
}

function unknownVerdict(): Verdict {
  return 'maybe';
}
