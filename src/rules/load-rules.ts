import { resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RuleSet } from '../domain/rule-set.js';
import { compileSources } from './compile/compile-sources.js';
import type { Surroundings } from './compile/expand-variables.js';
import { packRules, type PackedRules } from './reload/packed-rules.js';
import { toChecked } from './yaml/checked-source.js';
import { sortProblems, type Problem } from './problem.js';
import { readSources, type RulesSource, type SourcesRead } from './yaml/read-sources.js';
import { compileTestSuites, type TestSuite } from './compile/test-suites.js';
import { reportUnreachable } from './compile/unreachable-rules.js';
import { isObject } from '../domain/json-value.js';

/** Warnings are problems that do not keep the rules from being put in force. */
export type LoadResult = (
  | {
      readonly ok: true;
      readonly rules: RuleSet;
      /** The tests that the rules carry, compiled when asked for. */
      readonly testSuites: () => Promise<readonly TestSuite[]>;
      /** The rules for another process. */
      readonly packed: () => PackedRules;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] }
) & {
  readonly warnings: readonly Problem[];
  /** What is worth knowing and nothing to mend. */
  readonly notes: readonly Problem[];
  /** Absolute paths of everything that a change of the result can come from. */
  readonly files: ReadonlySet<string>;
};

/**
 * Loads a rules file and everything it includes: a complete rule set, or every problem of every file. Nothing is
 * logged, kept or changed. `text`, when given, is used instead of the file's content. What a variable that is not set is, an
 * error or a warning, is the caller's to say: a check of the rules needs no secrets.
 *
 * @param checks `all` also warns of what Auth0's events make pointless. The service does without, whose start would pay for
 * what is known of them.
 */
export async function loadRules(
  file: string,
  surroundings: Surroundings,
  text?: string,
  unset: 'error' | 'warning' = 'error',
  checks: 'needed' | 'all' = 'needed',
): Promise<LoadResult> {
  return loadSources(await readSources(file, text), surroundings, unset, checks);
}

/**
 * Loads a text that was posted to the router, as if the rules file held it. It may name no files, and takes nothing of the
 * environment: a channel whose address would come from a variable prints on the console instead.
 */
export async function loadPostedRules(
  file: string,
  text: string,
  surroundings: Surroundings,
): Promise<LoadResult> {
  return loadSources(await readSources(file, text, false), forPosted(surroundings), 'warning');
}

/** What is left of the surroundings for a text that was posted. */
export function forPosted({ hosts }: Surroundings): Surroundings {
  return hosts === undefined ? {} : { hosts };
}

/** {@link loadRules} of what has been read. It never holds the event loop for long. */
export async function loadSources(
  read: SourcesRead,
  surroundings: Surroundings,
  unset: 'error' | 'warning' = 'error',
  checks: 'needed' | 'all' = 'needed',
): Promise<LoadResult> {
  const problems: Problem[] = [...read.problems];
  const report = (problem: Problem): void => {
    const isWarning = problem.code === 'missing-variable' && unset === 'warning';
    problems.push(isWarning ? { ...problem, code: 'unset-variable' } : problem);
  };

  const sources = await compileSources(read, surroundings, report);
  const { compiled, ruleSet } = sources;
  if (checks === 'all') {
    const { lintRules } = await import('./lint/lint-rules.js');
    await lintRules(read, sources, report);
  }
  await nextTurn();
  const inForce = compiled.filter(({ declared }) => declared.section.enabled !== false);
  // Which events a faulty rule takes is unknown.
  reportUnreachable(inForce.filter(({ declared }) => declared.sound));

  const { errors, warnings, notes } = sortProblems(problems);
  const files = new Set([...read.files, ...read.sources.flatMap(listFiles)]);
  if (errors.length > 0) return { ok: false, problems: errors, warnings, notes, files };
  const rules = ruleSet(inForce);
  return {
    ok: true,
    warnings,
    notes,
    files,
    rules,
    testSuites: () => compileTestSuites(read, surroundings),
    packed: () => packRules(toChecked(read), rules),
  };
}

function listFiles({ document, folder }: RulesSource): string[] {
  return Object.values(document.lists ?? {}).flatMap((list) => {
    const file = isObject(list) ? list['file'] : undefined;
    return typeof file === 'string' && folder !== undefined ? [resolve(folder.path, file)] : [];
  });
}
