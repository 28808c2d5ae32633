import { comparisonOf } from './comparison.js';
import { numberAsEngine } from './engine-comparison.js';
import { equalityOf } from './equality.js';
import { factReader } from './fact-reader.js';
import { isObject } from '../json-value.js';
import type { Reader } from './match-types.js';
import type { IndexTerm, NecessaryCondition } from './necessary-condition.js';

/** What every event that a `where` tree accepts must hold, as far as plain equalities and comparisons show it. */
export function necessaryConditionsOfWhere(form: unknown): readonly NecessaryCondition[] {
  if (!isObject(form)) return [];
  const { all, any } = form;
  if (Array.isArray(all)) return all.flatMap((condition) => necessaryConditionsOfWhere(condition));
  if (Array.isArray(any)) {
    const branches = any.map((condition) => narrowest(necessaryConditionsOfWhere(condition)));
    return branches.length > 0 && branches.every((branch) => branch !== undefined) ? [branches.flat()] : [];
  }
  const reader = factReader(form);
  const term = reader && leafTerm(String(form['operator']), form['value'], reader);
  return term === undefined ? [] : [[term]];
}

/** Equalities exclude more events than a comparison, which holds for everything on one side of its limit. */
function narrowest(necessaryConditions: readonly NecessaryCondition[]): NecessaryCondition | undefined {
  return (
    necessaryConditions.find((one) => one.every(({ kind }) => kind === 'equality')) ?? necessaryConditions[0]
  );
}

function leafTerm(operator: string, operand: unknown, at: Reader): IndexTerm | undefined {
  const test = { [operator === 'equal' ? 'equals' : operator]: operand };
  const term = equalityOf(test, at) ?? comparisonOf(test, at);
  if (term !== undefined) return term;
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
