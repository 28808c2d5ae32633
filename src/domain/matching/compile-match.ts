import type { TopLevelCondition } from 'json-rules-engine';
import { codesInCategory, eventCategories } from '../catalogue/catalogue.js';
import { compileTest } from './compile-test.js';
import { fieldCondition, type NestedCondition, type MatchForm, type Verdict } from './match-types.js';
import { resolvePath, splitPath } from './field-path.js';
import type { Lists } from './list.js';
import { necessaryConditionOfField, type NecessaryCondition } from './necessary-condition.js';
import { testHolds, type ValueTest } from './value-test.js';
import { checkWhere, type WhereFault, type WhereFaultCode } from './where.js';
import { prefilterWhere } from './where-prefilter.js';
import { necessaryConditionsOfWhere } from './where-necessary-conditions.js';

export type MatchFaultCode = WhereFaultCode | 'unknown-category' | 'invalid-regex';
export interface MatchFault extends Omit<WhereFault, 'code'> {
  readonly code: MatchFaultCode;
}

export interface CompiledMatch {
  /** What json-rules-engine decides. */
  readonly conditions: TopLevelCondition;
  /** The `types` test alone: whether an event of this type can match at all. */
  readonly admitsType: (type: string) => boolean;
  /** `no` only when json-rules-engine would say so too, `yes` only when it would. Never throws. */
  readonly prefilter: (data: Readonly<Record<string, unknown>>) => Verdict;
  /** The same for an event whose type is known to be admitted. */
  readonly prefilterAdmitted: (data: Readonly<Record<string, unknown>>) => Verdict;
  /** Whether there is no `types` test. */
  readonly admitsEveryType: boolean;
  /** What every event that matches holds, as far as equalities and comparisons show it. */
  readonly necessaryConditions: readonly NecessaryCondition[];
  /** Tests that must hold of every event that matches, those of `fields`. */
  readonly fieldTests: readonly FieldTest[];
}

/** The test of one entry of `fields`. */
export interface FieldTest {
  readonly path: string;
  readonly steps: readonly string[];
  readonly test: ValueTest;
}

const categoryPrefix = 'category:';

/** Compiles a `match`, reporting every fault with its place below the match. */
export function compileMatch(
  form: MatchForm,
  lists: Lists,
  report: (fault: MatchFault) => void,
): CompiledMatch {
  const types = form.types === undefined ? undefined : expandTypes(form.types, report);
  const typeTest =
    types &&
    compileTest(types.entries, lists, (fault) =>
      report({ ...fault, at: types.places[fault.at[0] as number] as Place }),
    );
  const conditions: NestedCondition[] = types === undefined ? [] : [fieldCondition('type', types.entries)];

  const necessaryConditions: NecessaryCondition[] = [];
  const fields: FieldTest[] = [];
  for (const [path, value] of Object.entries(form.fields ?? {})) {
    const test = compileTest(value, lists, (fault) =>
      report({ ...fault, at: ['fields', path, ...fault.at] }),
    );
    fields.push({ path, steps: splitPath(path), test });
    const necessaryCondition = necessaryConditionOfField(path, value);
    if (necessaryCondition !== undefined) necessaryConditions.push(necessaryCondition);
    conditions.push(fieldCondition(path, value));
  }

  const where = form.where === undefined ? undefined : prefilterWhere(form.where, lists);
  if (form.where !== undefined) {
    necessaryConditions.push(...necessaryConditionsOfWhere(form.where));
    conditions.push(
      checkWhere(form.where, lists, (fault) => report({ ...fault, at: ['where', ...fault.at] })),
    );
  }

  const except =
    form.except &&
    compileMatch(form.except, lists, (fault) => report({ ...fault, at: ['except', ...fault.at] }));
  if (except) conditions.push({ not: except.conditions });

  const prefilterAdmitted = (data: Readonly<Record<string, unknown>>): Verdict => {
    for (const field of fields) {
      if (!testHolds(field.test, resolvePath(data, field.steps))) return 'no';
    }
    const held = where?.(data) ?? 'yes';
    if (held === 'no') return 'no';
    const excluded = except?.prefilter(data) ?? 'no';
    if (excluded === 'yes') return 'no';
    return excluded === 'maybe' ? 'maybe' : held;
  };
  return {
    conditions: { all: conditions },
    admitsType: (type) => typeTest === undefined || testHolds(typeTest, type),
    admitsEveryType: typeTest === undefined,
    necessaryConditions,
    fieldTests: fields,
    prefilterAdmitted,
    prefilter: (data) =>
      typeTest !== undefined && !testHolds(typeTest, data['type']) ? 'no' : prefilterAdmitted(data),
  };
}

type Place = MatchFault['at'];

/** The entries of `types` with each `category:name` replaced by its codes, and where each was written. */
interface Types {
  readonly entries: readonly string[];
  readonly places: readonly Place[];
}

function expandTypes(types: string | readonly string[], report: (fault: MatchFault) => void): Types {
  const written = typeof types === 'string' ? [types] : types;
  const expanded = written.flatMap((entry, index) => {
    const at: Place = typeof types === 'string' ? ['types'] : ['types', index];
    if (!entry.startsWith(categoryPrefix)) return [{ entry, at }];
    const name = entry.slice(categoryPrefix.length);
    const codes = codesInCategory(name);
    if (codes !== undefined) return codes.map((code) => ({ entry: code, at }));
    report({
      code: 'unknown-category',
      at,
      name,
      candidates: eventCategories,
      message: `there is no event category "${name}"`,
      hint: `the categories are ${eventCategories.join(', ')}`,
    });
    return [];
  });
  return { entries: expanded.map(({ entry }) => entry), places: expanded.map(({ at }) => at) };
}
