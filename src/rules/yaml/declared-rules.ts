import { RuleSection } from '../schema/rule-section.js';
import { mergeDeep } from './merge-deep.js';
import { suggest } from '../nearest.js';
import { isError, type Fault, type Place, type Problem } from '../problem.js';
import type { RulesSource, SourcesRead } from './read-sources.js';
import { validateSection } from './validate-section.js';
import { isObject } from '../../domain/json-value.js';

/** A rule as its file declares it, with the overrides of all files merged in. */
export interface DeclaredRule {
  /** Lacks what is faulty. */
  readonly section: RuleSection;
  /** The merged rule as plain values: what its hash is made of. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** Where it is declared, as `file:line`. */
  readonly place: string;
  /** Whether its shape is right. */
  readonly sound: boolean;
  /** The file that wrote the part of the rule at this place. */
  readonly sourceOf: (at: Place) => RulesSource;
  /** A fault below the rule, with its place in the file that wrote the faulty part. */
  readonly locate: (fault: Fault) => Problem;
  /** Reports a fault below the rule, unless it is a warning that the rule's `lint` turns off. */
  readonly report: (fault: Fault) => void;
}

interface Override {
  readonly source: RulesSource;
  readonly change: Record<string, unknown>;
}

/**
 * The rules of all files, one by one: the including file's own first, then those of its includes. Ids that occur twice
 * and overrides of no rule are reported.
 */
export function* declaredRules(
  { sources, complete }: SourcesRead,
  report: (problem: Problem) => void,
): Generator<DeclaredRule, void> {
  const overrides = collectOverrides(sources, report);
  const places = new Map<string, string>();
  let allNamed = complete;
  for (const source of sources) {
    const written = source.raw['rules'];
    const entries: readonly unknown[] = Array.isArray(written) ? written : [];
    allNamed &&= written === undefined || written === null || Array.isArray(written);
    for (const [index, entry] of entries.entries()) {
      const id = isObject(entry) ? entry['id'] : undefined;
      allNamed &&= typeof id === 'string';
      if (!isObject(entry)) continue;
      const at = ['rules', index, 'id'];
      const first = typeof id === 'string' ? places.get(id) : undefined;
      if (first !== undefined) report(source.places.locate(duplicate(String(id), first, at)));
      const { file, line } = source.places.position(at);
      const place = `${file}:${line}`;
      if (typeof id === 'string' && first === undefined) places.set(id, place);
      const changes = first === undefined ? overrides.get(String(id)) : undefined;
      yield { ...declare(source, index, entry, changes ?? [], report), place };
    }
  }
  // A rule that could not be read, or whose id is faulty, may be the one that is meant.
  if (allNamed) reportUnknownOverrides(overrides, [...places.keys()], report);
}

function duplicate(id: string, first: string, at: Place): Fault {
  return {
    code: 'duplicate-rule',
    at,
    message: `the rule id "${id}" is already used at ${first}`,
    hint: 'give one of them another id, or change an included rule under overrides',
  };
}

function declare(
  source: RulesSource,
  index: number,
  entry: Record<string, unknown>,
  overrides: readonly Override[],
  report: (problem: Problem) => void,
): Omit<DeclaredRule, 'place'> {
  const id = String(entry['id']);
  const overrideAt = (at: Place): Override | undefined =>
    overrides.find((candidate) => at.length > 0 && candidate.source.places.has(['overrides', id, ...at]));
  const sourceOf = (at: Place): RulesSource => overrideAt(at)?.source ?? source;
  const locate = (fault: Fault): Problem => {
    const prefix = overrideAt(fault.at) ? ['overrides', id] : ['rules', index];
    return sourceOf(fault.at).places.locate({ ...fault, at: [...prefix, ...fault.at] });
  };
  const reportBelow = (fault: Fault): void => report(locate(fault));
  // The shape of an untouched rule has been checked with its document.
  const untouched = source.document.rules?.[index];
  if (overrides.length === 0) {
    const sound = !source.faulty.some((at) => at[0] === 'rules' && at[1] === index);
    const section = untouched ?? new RuleSection();
    return { section, raw: entry, sound, sourceOf, locate, report: unlessOff(section, reportBelow) };
  }
  // The outermost file's override is the last word.
  const raw = overrides
    .toReversed()
    .reduce<unknown>((merged, { change }) => mergeDeep(merged, change), entry) as Record<string, unknown>;
  let sound = true;
  const section = validateSection(RuleSection, raw, [], (fault) => {
    sound = false;
    reportBelow(fault);
  });
  return { section, raw, sound, sourceOf, locate, report: unlessOff(section, reportBelow) };
}

function unlessOff({ lint }: RuleSection, report: (fault: Fault) => void): (fault: Fault) => void {
  return (fault) => {
    if (isError(fault.code) || lint?.[fault.code] !== 'off') report(fault);
  };
}

function collectOverrides(
  sources: readonly RulesSource[],
  report: (problem: Problem) => void,
): ReadonlyMap<string, readonly Override[]> {
  const overrides = new Map<string, Override[]>();
  for (const source of sources) {
    const changes = source.raw['overrides'];
    for (const [id, change] of Object.entries(isObject(changes) ? changes : {})) {
      const at = ['overrides', id];
      if (change !== null && !isObject(change)) {
        const hint = 'write what to change, such as { enabled: false }';
        const message = `the override of "${id}" is not a mapping`;
        report(source.places.locate({ code: 'invalid-value', at, message, hint }));
        continue;
      }
      const { id: newId, ...rest } = change ?? {};
      if (newId !== undefined) {
        const hint = 'an override can change everything but the id';
        const message = `the id of "${id}" can't be changed to ${JSON.stringify(newId)}`;
        report(source.places.locate({ code: 'invalid-value', at: [...at, 'id'], message, hint }));
      }
      overrides.set(id, [...(overrides.get(id) ?? []), { source, change: rest }]);
    }
  }
  return overrides;
}

function reportUnknownOverrides(
  overrides: ReadonlyMap<string, readonly Override[]>,
  ids: readonly string[],
  report: (problem: Problem) => void,
): void {
  for (const [id, changes] of overrides) {
    if (ids.includes(id)) continue;
    for (const { source } of changes) {
      report(
        source.places.locate({
          code: 'unknown-rule',
          at: ['overrides', id],
          target: 'key',
          message: `there is no rule "${id}" to override`,
          hint: suggest(id, ids, 'include the file that declares it'),
        }),
      );
    }
  }
}
