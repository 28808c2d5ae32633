import { resolve } from 'node:path';
import type { Channel } from '../domain/channel.js';
import type { List } from '../domain/match/list.js';
import { Matcher } from '../domain/match/matcher.js';
import type { RuleSet } from '../domain/rule-set.js';
import { compileChannels } from './compile-channels.js';
import { compileLists } from './compile-lists.js';
import { compileRule, type NamedTemplate, type RuleContext } from './compile-rule.js';
import { builtInTemplate, compileAlertTemplate } from './compile-template.js';
import { DeclaredNames } from './declared-names.js';
import { declaredRules, type DeclaredRule } from './declared-rules.js';
import type { Variables } from './expand-variables.js';
import { isError, sortProblems, type Fault, type Problem } from './problem.js';
import { readSources, type RulesSource } from './read-sources.js';
import { isMapping } from './merge-override.js';
import { mergeDefaults, reportUnknownDefaults } from './rule-defaults.js';
import { hashOf } from './rule-hash.js';
import { reportUnreachable, type CompiledRule } from './unreachable-rules.js';

/** Warnings are problems that do not keep the rules from being put in force. */
export type LoadResult = (
  | { readonly ok: true; readonly rules: RuleSet }
  | { readonly ok: false; readonly problems: readonly Problem[] }
) & {
  readonly warnings: readonly Problem[];
  /** Absolute paths of everything that a change of the result can come from. */
  readonly files: ReadonlySet<string>;
};

/**
 * Loads a rules file and everything it includes: a complete rule set, or every problem of every file. Nothing is
 * logged, kept or changed. With `text`, that stands for what the file holds.
 */
export async function loadRules(file: string, variables: Variables, text?: string): Promise<LoadResult> {
  const read = await readSources(file, text);
  const problems: Problem[] = [...read.problems];
  const report = (problem: Problem) => void problems.push(problem);

  const builtIn = builtInTemplate();
  const named = await compileNamed(read.sources, variables, report);
  const names = new DeclaredNames(read, ['default']);
  const defaults = mergeDefaults(read.sources, [...named.channels.keys()]);
  reportUnknownDefaults(read.sources, names, report);

  const context: RuleContext = { names, ...named, builtIn, defaults };
  // Disabled rules are held to the same grammar as the others.
  const compiled = declaredRules(read, report).map((declared) => compileDeclared(declared, context));
  const inForce = compiled.filter(({ declared }) => declared.section.enabled !== false);
  // Of a rule that is not all right it can't be said what it takes.
  reportUnreachable(inForce.filter(({ declared }) => declared.sound));

  const { errors, warnings } = sortProblems(problems);
  const files = new Set([...read.files, ...read.sources.flatMap(listFiles)]);
  if (errors.length > 0) return { ok: false, problems: errors, warnings, files };
  const rules = inForce.map(({ rule }) => rule);
  const opsChannel = read.sources.find(({ document }) => document.ops)?.document.ops?.channel;
  return {
    ok: true,
    warnings,
    files,
    rules: {
      hash: hashOf([
        rules.map((rule) => [rule.id, rule.hash]),
        [...named.channels.values()],
        defaults.channels,
        opsChannel,
      ]).slice(0, 16),
      rules,
      matcher: new Matcher(rules, named.lists),
      channels: named.channels,
      defaultChannels: defaults.channels,
      opsChannel,
    },
  };
}

function compileDeclared(declared: DeclaredRule, context: RuleContext): CompiledRule {
  let { sound } = declared;
  const report = (fault: Fault): void => {
    if (isError(fault.code)) sound = false;
    declared.report(fault);
  };
  const rule = compileRule({ ...declared, report }, context);
  return { declared: { ...declared, sound }, rule };
}

/** What rules refer to by name. */
async function compileNamed(
  sources: readonly RulesSource[],
  variables: Variables,
  report: (problem: Problem) => void,
) {
  const lists = new Map<string, List>();
  const channels = new Map<string, Channel>();
  const templates = new Map<string, NamedTemplate>();
  // Included files first, so that the including file's own entries win.
  for (const { yaml, document, folder, faulty } of sources.toReversed()) {
    const reportFault = (fault: Fault) => report(yaml.locate(fault));
    for (const [name, list] of await compileLists(document.lists ?? {}, folder, reportFault))
      lists.set(name, list);
    const isFaulty = (name: string) =>
      faulty.some(([section, key]) => section === 'channels' && key === name);
    for (const channel of compileChannels(document.channels ?? new Map(), isFaulty, variables, reportFault))
      channels.set(channel.name, channel);
    for (const [name, section] of document.templates ?? []) {
      const at = (fault: Fault) => reportFault({ ...fault, at: ['templates', name, ...fault.at] });
      templates.set(name, { compiled: compileAlertTemplate(section, at), written: section });
    }
  }
  return { lists, channels, templates };
}

function listFiles({ document, folder }: RulesSource): string[] {
  return Object.values(document.lists ?? {}).flatMap((list) => {
    const file = isMapping(list) ? list['file'] : undefined;
    return typeof file === 'string' ? [resolve(folder, file)] : [];
  });
}
