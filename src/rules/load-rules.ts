import { createHash } from 'node:crypto';
import type { Channel } from '../domain/channel.js';
import type { List } from '../domain/match/list.js';
import { Matcher } from '../domain/match/matcher.js';
import type { AlertTemplate, RuleSet } from '../domain/rule-set.js';
import { compileChannels } from './compile-channels.js';
import { compileLists } from './compile-lists.js';
import { compileRule, type RuleContext } from './compile-rule.js';
import { builtInTemplate, compileAlertTemplate } from './compile-template.js';
import { declaredRules } from './declared-rules.js';
import type { DefaultsSection } from './document/rules-document.js';
import type { Variables } from './expand-variables.js';
import { suggest } from './nearest.js';
import type { Problem } from './problem.js';
import { readSources, type RulesSource } from './read-sources.js';

export type LoadResult =
  | { readonly ok: true; readonly rules: RuleSet }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Loads a rules file and everything it includes: a complete rule set, or every problem of every file. Nothing is
 * logged, kept or changed. With `text`, that stands for what the file holds.
 */
export async function loadRules(file: string, variables: Variables, text?: string): Promise<LoadResult> {
  const { sources, problems: readProblems } = await readSources(file, text);
  const problems = [...readProblems];
  // Below a wrong shape nothing else can be said with certainty.
  if (problems.length > 0) return failure(problems);

  const lists = new Map<string, List>();
  const channels = new Map<string, Channel>();
  const templates = new Map<string, AlertTemplate>([['default', builtInTemplate()]]);
  // Included files first, so that the including file's own entries win.
  for (const source of sources.toReversed()) {
    const report = (fault: Parameters<RulesSource['yaml']['locate']>[0]) =>
      void problems.push(source.yaml.locate(fault));
    for (const [name, list] of await compileLists(source.document.lists ?? {}, source.folder, report))
      lists.set(name, list);
    for (const channel of compileChannels(source.document.channels ?? new Map(), variables, report))
      channels.set(channel.name, channel);
    for (const [name, section] of source.document.templates ?? []) {
      templates.set(
        name,
        compileAlertTemplate(section, (fault) => report({ ...fault, at: ['templates', name, ...fault.at] })),
      );
    }
  }

  const context: RuleContext = {
    lists,
    channels,
    templates,
    defaults: mergeDefaults(sources, channels),
    contextHash: contextHash(sources),
  };
  checkReferences(sources, context, problems);
  const declared = declaredRules(sources, problems);
  const rules = declared
    .filter(({ section }) => section.enabled !== false)
    .map((rule) => compileRule(rule, context));
  // Disabled rules are held to the same grammar as the others.
  for (const rule of declared.filter(({ section }) => section.enabled === false)) compileRule(rule, context);
  if (problems.length > 0) return failure(problems);

  const main = sources[0] as RulesSource;
  return {
    ok: true,
    rules: {
      hash: createHash('sha256')
        .update(JSON.stringify([rules.map((rule) => [rule.id, rule.hash]), [...channels.values()]]))
        .digest('hex')
        .slice(0, 16),
      rules,
      matcher: new Matcher(rules, lists),
      channels,
      defaultChannels: context.defaults.channels,
      opsChannel:
        main.document.ops?.channel ?? sources.find((source) => source.document.ops)?.document.ops?.channel,
    },
  };
}

/** The including file's defaults win, key by key. Without any, alerts go to the only channel, or to `security`. */
function mergeDefaults(
  sources: readonly RulesSource[],
  channels: ReadonlyMap<string, Channel>,
): Required<DefaultsSection> {
  const [onlyChannel, ...others] = channels.keys();
  const merged: Required<DefaultsSection> = {
    channels: onlyChannel !== undefined && others.length === 0 ? [onlyChannel] : ['security'],
    template: 'default',
    severity: 'medium',
  };
  for (const { document } of sources.toReversed()) {
    for (const [key, value] of Object.entries(document.defaults ?? {})) {
      if (value !== undefined && value !== null) Object.assign(merged, { [key]: value });
    }
  }
  return merged;
}

/** `ops` and `defaults` name channels and templates too. */
function checkReferences(sources: readonly RulesSource[], context: RuleContext, problems: Problem[]): void {
  const channelNames = [...context.channels.keys()];
  for (const { yaml, document } of sources) {
    const named = (document.defaults?.channels ?? []).map((name, index) => ({
      name,
      at: ['defaults', 'channels', index] as (string | number)[],
    }));
    if (document.ops) named.push({ name: document.ops.channel, at: ['ops', 'channel'] });
    for (const { name, at } of named) {
      if (context.channels.has(name)) continue;
      problems.push(
        yaml.locate({
          code: 'unknown-channel',
          at,
          message: `there is no channel "${name}"`,
          hint: suggest(name, channelNames, 'declare it under channels'),
        }),
      );
    }
    const template = document.defaults?.template;
    if (template !== undefined && !context.templates.has(template)) {
      problems.push(
        yaml.locate({
          code: 'unknown-template',
          at: ['defaults', 'template'],
          message: `there is no template "${template}"`,
          hint: suggest(template, [...context.templates.keys()], 'declare it under templates'),
        }),
      );
    }
  }
}

/** Rules depend on lists, templates and defaults; any change there counts as a change of every rule. */
function contextHash(sources: readonly RulesSource[]): string {
  const parts = sources.map(({ raw }) => [raw['lists'], raw['templates'], raw['defaults']]);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function failure(problems: readonly Problem[]): LoadResult {
  const ordered = problems.toSorted(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column,
  );
  return { ok: false, problems: ordered };
}
