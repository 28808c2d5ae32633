import type { CompiledSources } from '../compile/compile-sources.js';
import type { Problem } from '../problem.js';
import type { SourcesRead } from '../yaml/read-sources.js';
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
  // What the template of a faulty rule sees is unknown.
  if (complete && compiled.every(({ declared: { sound } }) => sound))
    lintTemplates(sources, templates, compiled, report);
}
