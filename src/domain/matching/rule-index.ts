import type { Comparison } from './comparison.js';
import type { CompiledMatch } from './compile-match.js';
import type { Equality } from './equality.js';
import { resolvePath } from './field-path.js';
import type { Reader } from './match-types.js';
import type { NecessaryCondition } from './necessary-condition.js';
import { testHolds, type ValueTest } from './value-test.js';

type Data = Readonly<Record<string, unknown>>;
interface WithMatch {
  readonly match: CompiledMatch;
}

/** A rule that may match, with its place among all the rules. */
export interface IndexedRule<R> {
  readonly rule: R;
  readonly position: number;
}

interface ValueIndex<R> {
  readonly read: Reader['read'];
  readonly byValue: Map<unknown, IndexedRule<R>[]>;
}

/** Rules that compare one number with limits of theirs, the lowest limit first. */
interface ThresholdIndex<R> {
  readonly read: Comparison['read'];
  readonly limits: {
    readonly limit: number;
    readonly inclusive: boolean;
    readonly indexedRule: IndexedRule<R>;
  }[];
}

/** Rules that test the same field, which is then read once for all of them. */
interface FieldGroup<R> {
  readonly steps: readonly string[];
  readonly indexedRules: { readonly test: ValueTest; readonly indexedRule: IndexedRule<R> }[];
}

/**
 * Finds, among rules that all admit an event's type, those that may match it. A rule that requires one of certain values or
 * a number above some limit is looked at only when the event holds that.
 */
export class RuleIndex<R extends WithMatch> {
  private readonly lookups: readonly ValueIndex<R>[];
  private readonly thresholds: readonly ThresholdIndex<R>[];
  private readonly fieldGroups: readonly FieldGroup<R>[];
  private readonly others: readonly IndexedRule<R>[];

  constructor(indexedRules: readonly IndexedRule<R>[]) {
    const selectivity = selectivityAmong(indexedRules);
    const lookups = new Map<string, ValueIndex<R>>();
    const thresholds = new Map<string, ThresholdIndex<R>>();
    const fieldGroups = new Map<string, FieldGroup<R>>();
    const others: IndexedRule<R>[] = [];
    for (const indexedRule of indexedRules) {
      const { necessaryConditions, fieldTests } = indexedRule.rule.match;
      const [necessaryCondition] = necessaryConditions.toSorted(
        (left, right) => selectivity(right) - selectivity(left),
      );
      const [field] = fieldTests;
      if (necessaryCondition !== undefined) {
        for (const term of necessaryCondition) {
          if (term.kind === 'equality') addLookup(lookups, indexedRule, term);
          else addLimit(thresholds, indexedRule, term);
        }
      } else if (field !== undefined) {
        const group = fieldGroups.get(field.path) ?? { steps: field.steps, indexedRules: [] };
        group.indexedRules.push({ test: field.test, indexedRule });
        fieldGroups.set(field.path, group);
      } else others.push(indexedRule);
    }
    this.lookups = [...lookups.values()];
    this.thresholds = [...thresholds.values()];
    for (const { limits } of this.thresholds) {
      limits.sort(
        (left, right) => left.limit - right.limit || Number(right.inclusive) - Number(left.inclusive),
      );
    }
    this.fieldGroups = [...fieldGroups.values()];
    this.others = others;
  }

  /** Adds what it finds to `found`, in no order, and gives that back. Makes an array only for a first find. */
  collect(data: Data, found: IndexedRule<R>[] | undefined): IndexedRule<R>[] | undefined {
    let all = found;
    for (const { read, byValue } of this.lookups) {
      const value = read(data);
      if (!Array.isArray(value)) all = admitAll(byValue.get(value), data, all);
      else for (const element of value) all = admitAll(byValue.get(element), data, all);
    }
    for (const { read, limits } of this.thresholds) {
      const number = read(data);
      for (const { limit, inclusive, indexedRule } of limits) {
        if (!(inclusive ? number >= limit : number > limit)) break;
        all = admit(indexedRule, data, all);
      }
    }
    for (const { steps, indexedRules } of this.fieldGroups) {
      const value = resolvePath(data, steps);
      for (const { test, indexedRule } of indexedRules) {
        if (testHolds(test, value)) all = admit(indexedRule, data, all);
      }
    }
    return admitAll(this.others, data, all);
  }
}

function addLookup<R>(
  lookups: Map<string, ValueIndex<R>>,
  indexedRule: IndexedRule<R>,
  { reader, read, values }: Equality,
): void {
  const lookup: ValueIndex<R> = lookups.get(reader) ?? { read, byValue: new Map() };
  lookups.set(reader, lookup);
  for (const value of new Set(values)) {
    const ofValue = lookup.byValue.get(value);
    if (ofValue === undefined) lookup.byValue.set(value, [indexedRule]);
    else ofValue.push(indexedRule);
  }
}

function addLimit<R>(
  thresholds: Map<string, ThresholdIndex<R>>,
  indexedRule: IndexedRule<R>,
  { reader, read, limit, inclusive }: Comparison,
): void {
  const threshold: ThresholdIndex<R> = thresholds.get(reader) ?? { read, limits: [] };
  thresholds.set(reader, threshold);
  threshold.limits.push({ limit, inclusive, indexedRule });
}

function admitAll<R extends WithMatch>(
  indexedRules: readonly IndexedRule<R>[] | undefined,
  data: Data,
  found: IndexedRule<R>[] | undefined,
): IndexedRule<R>[] | undefined {
  if (indexedRules === undefined) return found;
  let all = found;
  for (const indexedRule of indexedRules) all = admit(indexedRule, data, all);
  return all;
}

function admit<R extends WithMatch>(
  indexedRule: IndexedRule<R>,
  data: Data,
  found: IndexedRule<R>[] | undefined,
): IndexedRule<R>[] | undefined {
  if (indexedRule.rule.match.prefilterAdmitted(data) === 'no') return found;
  if (found === undefined) return [indexedRule];
  // Several of a rule's alternatives can hold, and an array of the event can hold several of its values.
  if (!found.includes(indexedRule)) found.push(indexedRule);
  return found;
}

/** How many different values rules compare a necessary condition's field with; 0 for one that a comparison can fulfil. */
function selectivityAmong(
  indexedRules: readonly IndexedRule<WithMatch>[],
): (necessaryCondition: NecessaryCondition) => number {
  const distinct = new Map<string, Set<unknown>>();
  for (const term of indexedRules.flatMap(({ rule }) => rule.match.necessaryConditions.flat())) {
    if (term.kind !== 'equality') continue;
    const seen = distinct.get(term.reader) ?? new Set();
    for (const value of term.values) seen.add(value);
    distinct.set(term.reader, seen);
  }
  return (necessaryCondition) =>
    Math.min(...necessaryCondition.map(({ reader }) => distinct.get(reader)?.size ?? 0));
}
