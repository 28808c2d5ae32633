import { comparisonOf } from './comparison.js';
import { compileTest, fieldOperators } from './compile-test.js';
import { engineComparisons, numberAsEngine } from './engine-comparison.js';
import { equalityOf } from './equality.js';
import { missing } from './field-path.js';
import { isObject, isScalar } from './json-value.js';
import type { Lists } from './list.js';
import type { Reader } from './reader.js';
import type { Clue, Requirement } from './requirement.js';
import { testHolds } from './value-test.js';
import type { Verdict } from './verdict.js';

type Data = Readonly<Record<string, unknown>>;
type Prefilter = (data: Data) => Verdict;

const simpleName = /^[A-Za-z]\w*$/;
const simplePath = /^\$(?:\.[A-Za-z]\w*)+$/;
/** JSONPath finds it on arrays and texts too. */
const lengthStep = /\.length(?:\.|$)/;
const leafKeys = ['fact', 'path', 'operator', 'value', 'name'];

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

/** The operators that can be told from their constant alone, with json-rules-engine's meaning of each. */
function leafTest(
  operator: string,
  operand: unknown,
  lists: Lists,
): ((value: unknown) => boolean) | undefined {
  if (operator === 'equal' && isScalar(operand)) return (value) => value === operand;
  if (operator === 'notEqual' && isScalar(operand)) return (value) => value !== operand;
  if ((operator === 'in' || operator === 'notIn') && Array.isArray(operand) && operand.every(isScalar)) {
    const values = new Set<unknown>(operand);
    return operator === 'in' ? (value) => values.has(value) : (value) => !values.has(value);
  }
  const compare = engineComparisons.get(operator);
  if (compare !== undefined && isScalar(operand)) return (value) => compare(value, operand);
  const ownMeaning = operator !== 'in' && operator !== 'contains';
  const hasConstant = isScalar(operand) || (Array.isArray(operand) && operand.every(isScalar));
  if (!ownMeaning || !hasConstant || !(fieldOperators as readonly string[]).includes(operator))
    return undefined;
  let valid = true;
  const test = compileTest({ [operator]: operand }, lists, () => (valid = false));
  if (!valid) return undefined;
  return (value) => testHolds(test, value === undefined ? missing : value);
}

/** How a condition reads its value, when that takes no more than own properties on a plain path. */
function factReader(form: Record<string, unknown>): Reader | undefined {
  const { fact, path } = form;
  if (Object.keys(form).some((key) => !leafKeys.includes(key))) return undefined;
  if (typeof fact !== 'string' || !simpleName.test(fact)) return undefined;
  const own: Reader['read'] =
    fact === 'event' ? (data) => data : (data) => (Object.hasOwn(data, fact) ? data[fact] : undefined);
  if (path === undefined && !('path' in form)) return { reader: `fact ${fact}`, read: own };
  if (typeof path !== 'string' || !simplePath.test(path) || lengthStep.test(path)) return undefined;
  const steps = path.split('.').slice(1);
  return { reader: `fact ${fact} ${path}`, read: (data) => follow(own(data), steps) };
}

/** A path into what is no object leads to that value itself, as json-rules-engine's almanac has it. */
function follow(value: unknown, steps: readonly string[]): unknown {
  if (value === null || typeof value !== 'object') return value;
  let current: unknown = value;
  for (const step of steps) {
    if (current === null || typeof current !== 'object' || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string, unknown>)[step];
  }
  return current;
}

function unknownVerdict(): Verdict {
  return 'maybe';
}

/** What every event that a `where` tree takes must hold, as far as plain equalities and comparisons tell. */
export function requirementsOfWhere(form: unknown): readonly Requirement[] {
  if (!isObject(form)) return [];
  const { all, any } = form;
  if (Array.isArray(all)) return all.flatMap((condition) => requirementsOfWhere(condition));
  if (Array.isArray(any)) {
    const branches = any.map((condition) => narrowest(requirementsOfWhere(condition)));
    return branches.length > 0 && branches.every((branch) => branch !== undefined) ? [branches.flat()] : [];
  }
  const reader = factReader(form);
  const clue = reader && leafClue(String(form['operator']), form['value'], reader);
  return clue === undefined ? [] : [[clue]];
}

/** Equalities tell more events apart than a comparison, which one side of its limit holds. */
function narrowest(requirements: readonly Requirement[]): Requirement | undefined {
  return requirements.find((one) => one.every(({ kind }) => kind === 'equality')) ?? requirements[0];
}

function leafClue(operator: string, operand: unknown, at: Reader): Clue | undefined {
  const test = { [operator === 'equal' ? 'equals' : operator]: operand };
  const clue = equalityOf(test, at) ?? comparisonOf(test, at);
  if (clue !== undefined) return clue;
  const own = engineNames.get(operator);
  if (own === undefined || typeof operand !== 'number') return undefined;
  const read: Reader['read'] = (data) => numberAsEngine(at.read(data));
  return comparisonOf({ [own]: operand }, { reader: `engine's number of ${at.reader}`, read });
}

/** Our operator that compares numbers as one of json-rules-engine's does. */
const engineNames: ReadonlyMap<string, string> = new Map([
  ['greaterThan', 'gt'],
  ['greaterThanInclusive', 'gte'],
  ['lessThan', 'lt'],
  ['lessThanInclusive', 'lte'],
]);
