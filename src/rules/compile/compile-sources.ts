import type { Channel } from '../../domain/channel.js';
import { parseDuration } from '../../domain/duration.js';
import type { List, Lists } from '../../domain/matching/list.js';
import { Matcher } from '../../domain/matching/matcher.js';
import type { RuleSet } from '../../domain/rule-set.js';
import { reportLintFaults } from './check-lint.js';
import { reportTestFaults } from './check-tests.js';
import { compileChannels } from './compile-channels.js';
import { compileLists } from './compile-lists.js';
import { compileRule, type NamedTemplate, type RuleContext } from './compile-rule.js';
import { builtInTemplate, compileAlertTemplate } from './compile-template.js';
import { DeclaredNames } from '../yaml/declared-names.js';
import { declaredRules, type DeclaredRule } from '../yaml/declared-rules.js';
import { compileRedactions } from './compile-redaction.js';
import type { Surroundings } from './expand-variables.js';
import { isError, type Fault, type Problem } from '../problem.js';
import type { RulesSource, SourcesRead } from '../yaml/read-sources.js';
import { compileDefaults } from './rule-defaults.js';
import { hashOf } from './rule-hash.js';
import { reportLists } from '../lint/list-warnings.js';
import { reportPlainTextsOfRule, reportPlainTextsOfSection } from '../lint/plain-texts.js';
import { reportRuleWarnings } from '../lint/rule-warnings.js';
import { inBatches } from '../../app/batches.js';
import type { CompiledRule } from './unreachable-rules.js';

/** Everything that a rules file and its includes say, compiled. */
export interface CompiledSources {
  /** Disabled rules too: they are held to the same grammar as the others. */
  readonly compiled: readonly CompiledRule[];
  /** The templates that rules can name, but the built-in one. */
  readonly templates: ReadonlyMap<string, NamedTemplate>;
  readonly lists: Lists;
  /** The rule set in which these rules are in force. */
  readonly ruleSet: (inForce: readonly CompiledRule[]) => RuleSet;
}

export async function compileSources(
  read: SourcesRead,
  surroundings: Surroundings,
  report: (problem: Problem) => void,
): Promise<CompiledSources> {
  const builtIn = builtInTemplate();
  const named = await compileNamed(read.sources, surroundings, report);
  const names = new DeclaredNames(read, ['default']);
  const defaults = compileDefaults(read.sources, [...named.channels.keys()], names, report);

  const context: RuleContext = { names, ...named, builtIn, defaults };
  const compiled: CompiledRule[] = [];
  const pause = inBatches();
  for (const declared of declaredRules(read, report)) {
    compiled.push(compileDeclared(declared, context));
    await pause();
  }
  reportLists(read.sources, compiled, named, report);
  const redact = compileRedactions(read.sources, surroundings, report);
  const heartbeat = read.sources.find(({ document }) => document.heartbeat)?.document.heartbeat?.after;
  const heartbeatMs = heartbeat === undefined ? undefined : parseDuration(heartbeat);
  const ops = read.sources.find(({ document }) => document.ops)?.document.ops;
  const opsChannel = ops?.channel;
  const ruleSet = (inForce: readonly CompiledRule[]): RuleSet => {
    const rules = inForce.map(({ rule }) => rule);
    return {
      hash: hashOf([
        rules.map((rule) => [rule.id, rule.hash]),
        [...named.channels.values()],
        defaults.channels,
        opsChannel,
        ops?.fallback,
        heartbeatMs,
        redact.written,
      ]).slice(0, 16),
      rules,
      matcher: new Matcher(rules, named.lists),
      lists: named.lists,
      channels: named.channels,
      defaultChannels: defaults.compiledChannels,
      lastResort: opsChannel ?? [...named.channels.keys()][0],
      redactor: redact.redactor,
      opsChannel,
      opsFallback: ops?.fallback ?? undefined,
      heartbeatMs,
    };
  };
  return { compiled, templates: named.templates, lists: named.lists, ruleSet };
}

function compileDeclared(declared: DeclaredRule, context: RuleContext): CompiledRule {
  let { sound } = declared;
  const report = (fault: Fault): void => {
    if (isError(fault.code)) sound = false;
    declared.report(fault);
  };
  const rule = compileRule({ ...declared, report }, context);
  reportTestFaults(declared.section.tests ?? [], declared.raw['tests'], context.names, report);
  reportLintFaults(declared.section.lint ?? {}, report);
  const written = declared.raw['window'];
  reportRuleWarnings(declared.section, written !== undefined && written !== null, report);
  reportPlainTextsOfRule(declared.raw, report);
  return { declared: { ...declared, sound }, rule };
}

/** What rules refer to by name. */
async function compileNamed(
  sources: readonly RulesSource[],
  surroundings: Surroundings,
  report: (problem: Problem) => void,
) {
  const lists = new Map<string, List>();
  const faultyLists = new Set<string>();
  const channels = new Map<string, Channel>();
  const templates = new Map<string, NamedTemplate>();
  // Included files first, so that the including file's own entries win.
  for (const { places, document, folder, faulty } of sources.toReversed()) {
    const reportFault = (fault: Fault) => report(places.locate(fault));
    for (const section of ['include', 'defaults', 'ops', 'heartbeat', 'lists', 'templates'] as const)
      reportPlainTextsOfSection(section, document[section], reportFault);
    const reportList = (fault: Fault): void => {
      if (isError(fault.code)) faultyLists.add(String(fault.at[1]));
      reportFault(fault);
    };
    for (const [name, list] of await compileLists(document.lists ?? {}, folder, reportList, report))
      lists.set(name, list);
    const isFaulty = (name: string) =>
      faulty.some(([section, key]) => section === 'channels' && key === name);
    for (const channel of compileChannels(
      document.channels ?? new Map(),
      isFaulty,
      surroundings,
      reportFault,
    ))
      channels.set(channel.name, channel);
    for (const [name, section] of document.templates ?? []) {
      const at = (fault: Fault) => reportFault({ ...fault, at: ['templates', name, ...fault.at] });
      templates.set(name, { compiled: compileAlertTemplate(section, at), written: section });
    }
  }
  return { lists, faultyLists, channels, templates };
}
