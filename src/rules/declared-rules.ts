import { RuleSection } from './document/rule-section.js';
import { isMapping, mergeDeep } from './merge-override.js';
import { suggest } from './nearest.js';
import type { Fault, Problem } from './problem.js';
import type { RulesSource } from './read-sources.js';
import { validateSection } from './validate-section.js';

/** A rule as its file declares it, with the overrides of other files merged in. */
export interface DeclaredRule {
  readonly section: RuleSection;
  /** The merged rule as plain values: what its hash is made of. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** Reports a fault below the rule, in the file that wrote the faulty part. */
  readonly report: (fault: Fault) => void;
}

interface Override {
  readonly source: RulesSource;
  readonly change: Record<string, unknown>;
}

/**
 * The rules of all files: the including file's own first, then those of its includes. Ids that stand twice and
 * overrides of no rule are reported.
 */
export function declaredRules(sources: readonly RulesSource[], problems: Problem[]): readonly DeclaredRule[] {
  const overrides = collectOverrides(sources, problems);
  const places = new Map<string, string>();
  const rules: DeclaredRule[] = [];
  for (const source of sources) {
    const entries: readonly unknown[] = Array.isArray(source.raw['rules']) ? source.raw['rules'] : [];
    for (const [index, entry] of entries.entries()) {
      if (!isMapping(entry)) continue;
      const id = String(entry['id']);
      const first = places.get(id);
      if (first !== undefined && entry['id'] !== undefined) {
        problems.push(
          source.yaml.locate({
            code: 'duplicate-rule',
            at: ['rules', index, 'id'],
            message: `a rule "${id}" stands already at ${first}`,
            hint: 'give one of them another id, or change an included rule under overrides',
          }),
        );
        continue;
      }
      const { file, line } = source.yaml.locate({
        code: 'duplicate-rule',
        at: ['rules', index, 'id'],
        message: '',
        hint: '',
      });
      places.set(id, `${file}:${line}`);
      rules.push(declare(source, index, entry, overrides.get(id) ?? [], problems));
    }
  }
  reportUnknownOverrides(overrides, [...places.keys()], problems);
  return rules;
}

function declare(
  source: RulesSource,
  index: number,
  entry: Record<string, unknown>,
  overrides: readonly Override[],
  problems: Problem[],
): DeclaredRule {
  const id = String(entry['id']);
  // The outermost file's override is the last word.
  const raw = overrides
    .toReversed()
    .reduce<unknown>((merged, { change }) => mergeDeep(merged, change), entry) as Record<string, unknown>;
  const report = (fault: Fault): void => {
    const override = overrides.find(
      (candidate) => fault.at.length > 0 && candidate.source.yaml.has(['overrides', id, ...fault.at]),
    );
    const place = override
      ? { yaml: override.source.yaml, prefix: ['overrides', id] }
      : { yaml: source.yaml, prefix: ['rules', index] };
    problems.push(place.yaml.locate({ ...fault, at: [...place.prefix, ...fault.at] }));
  };
  // The shape of an untouched rule has been checked with its document.
  const section =
    overrides.length === 0
      ? (source.document.rules?.[index] as RuleSection)
      : validateSection(RuleSection, raw, [], report);
  return { section, raw, report };
}

function collectOverrides(
  sources: readonly RulesSource[],
  problems: Problem[],
): ReadonlyMap<string, Override[]> {
  const overrides = new Map<string, Override[]>();
  for (const source of sources) {
    const changes = source.raw['overrides'];
    for (const [id, change] of Object.entries(isMapping(changes) ? changes : {})) {
      if (isMapping(change)) overrides.set(id, [...(overrides.get(id) ?? []), { source, change }]);
      else
        problems.push(
          source.yaml.locate({
            code: 'invalid-value',
            at: ['overrides', id],
            message: 'an override is a mapping',
            hint: 'write what to change, such as { enabled: false }',
          }),
        );
    }
  }
  return overrides;
}

function reportUnknownOverrides(
  overrides: ReadonlyMap<string, Override[]>,
  ids: readonly string[],
  problems: Problem[],
): void {
  for (const [id, [override]] of overrides) {
    if (ids.includes(id) || override === undefined) continue;
    problems.push(
      override.source.yaml.locate({
        code: 'unknown-rule',
        at: ['overrides', id],
        target: 'key',
        message: `there is no rule "${id}" to override`,
        hint: suggest(id, ids, 'include the file that declares it'),
      }),
    );
  }
}
