import type { RuleSet } from '../../domain/rule-set.js';
import { compileSources } from './compile-sources.js';
import type { TestSection } from '../schema/test-section.js';
import { RulesDocument } from '../schema/rules-document.js';
import type { Surroundings } from './expand-variables.js';
import type { Fault, Problem } from '../problem.js';
import type { RulesSource, SourcesRead } from '../yaml/read-sources.js';
import type { RulesFolder } from '../yaml/rules-folder.js';

/** The tests of one rule, with the rules they run in. */
export interface TestSuite {
  readonly rule: string;
  readonly rules: RuleSet;
  readonly tests: readonly TestSection[];
  /** What file names in the tests are relative to. */
  readonly folder: RulesFolder;
  /** A fault of the test at the index, at its place in the file that holds it. */
  readonly locate: (index: number, fault: Fault) => Problem;
}

/**
 * The tests of every rule. A test holds for the file that contains it, as if that were the only one: what an including file
 * declares under the same name, and what it overrides, may differ from what the author of the test had in mind. An
 * override that brings tests is in force for those, and not for the rule's own. Of disabled rules, the one tested is in
 * force.
 */
export async function compileTestSuites(
  read: SourcesRead,
  surroundings: Surroundings,
): Promise<readonly TestSuite[]> {
  const suites: TestSuite[] = [];
  for (const source of read.sources) {
    // A posted text is tried with events of its own instead.
    const { folder } = source;
    if (folder === undefined) continue;
    // What is wrong has been reported by then.
    const { compiled, ruleSet } = await compileSources(seenFrom(source, read), surroundings, () => undefined);
    const enabled = compiled.filter(({ declared }) => declared.section.enabled !== false);
    const usual = ruleSet(enabled);
    for (const each of compiled) {
      const { section, sourceOf, locate } = each.declared;
      if (!section.tests?.length || sourceOf(['tests']).places !== source.places) continue;
      suites.push({
        rule: section.id,
        rules: enabled.includes(each)
          ? usual
          : ruleSet(compiled.filter((other) => other === each || enabled.includes(other))),
        tests: section.tests,
        folder,
        locate: (index, fault) => locate({ ...fault, at: ['tests', index, ...fault.at] }),
      });
    }
  }
  return suites;
}

/** The files with this one first, whose names therefore win, and of the others only the names. */
function seenFrom(source: RulesSource, read: SourcesRead): SourcesRead {
  if (source === read.sources[0]) return read;
  const others = read.sources.filter((other) => other !== source);
  return { ...read, sources: [source, ...others.map(namesOnly)] };
}

function namesOnly(source: RulesSource): RulesSource {
  const { rules: _rules, overrides: _overrides, ...raw } = source.raw;
  const document = Object.assign(new RulesDocument(), source.document, {
    rules: undefined,
    overrides: undefined,
  });
  return { ...source, raw, document };
}
