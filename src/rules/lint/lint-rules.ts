import type { CompiledSources } from '../compile/compile-sources.js';
import type { Problem } from '../problem.js';
import type { RulesSource, SourcesRead } from '../yaml/read-sources.js';
import { typesWithFields } from '../../domain/catalogue/event-fields.js';
import { splitPath } from '../../domain/matching/field-path.js';
import { isOddPath } from './odd-paths.js';
import { unknownField } from './unknown-field.js';
import { inBatches } from '../../app/batches.js';
import { lintFields } from './lint-fields.js';
import { lintTemplates, lintText } from './lint-templates.js';
import { lintMatches } from './never-matches.js';
import { ruleTypes } from './rule-types.js';

/** Warns of what rules without faults say and probably don't mean, by what is known of Auth0's events. */
export async function lintRules(
  { sources, complete }: SourcesRead,
  { compiled, templates, lists }: CompiledSources,
  report: (problem: Problem) => void,
): Promise<void> {
  const pause = inBatches();
  for (const { declared } of compiled.filter(({ declared: { sound } }) => sound)) {
    const { section, raw } = declared;
    const types = ruleTypes(section);
    lintFields(section, raw, types, declared.report);
    lintMatches(section, types, lists, declared.report);
    const known = types.alerting.typesWithKnownFields();
    if (known !== undefined)
      for (const [index, channel] of (section.channels ?? []).entries())
        lintText(channel, ['channels', index], known, declared.report);
    await pause();
  }
  lintRedactions(sources, report);
  // What the template of a faulty rule sees is unknown.
  if (complete && compiled.every(({ declared: { sound } }) => sound))
    lintTemplates(sources, templates, compiled, report);
}

/** Warns of paths in `redact` that no event has: whatever they were to hide is shown. */
function lintRedactions(sources: readonly RulesSource[], report: (problem: Problem) => void): void {
  const types = typesWithFields();
  for (const { document, places } of sources) {
    const channels = [...(document.channels ?? [])].map(
      ([name, { redact }]) => [['channels', name, 'redact'], redact] as const,
    );
    for (const [at, redact] of [[['redact'], document.redact] as const, ...channels]) {
      for (const path of Object.keys(redact ?? {})) {
        const warning = isOddPath(path) ? undefined : unknownField(splitPath(path), types);
        if (warning !== undefined) report(places.locate({ ...warning, at: [...at, path], target: 'key' }));
      }
    }
  }
}
