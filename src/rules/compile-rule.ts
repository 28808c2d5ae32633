import { createHash } from 'node:crypto';
import { parseTimeOfDay, weekdays, type ActiveHours } from '../domain/active-hours.js';
import type { Channel } from '../domain/channel.js';
import { compileMatch } from '../domain/match/compile-match.js';
import type { Lists } from '../domain/match/list.js';
import type { AlertTemplate, Rule } from '../domain/rule-set.js';
import type { Template } from '../domain/template.js';
import { liquid } from './compile-template.js';
import type { DeclaredRule } from './declared-rules.js';
import type { ActiveSection } from './document/rule-section.js';
import type { DefaultsSection } from './document/rules-document.js';
import { suggest } from './nearest.js';
import type { Fault } from './problem.js';

/** What a rule refers to by name. */
export interface RuleContext {
  readonly lists: Lists;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly templates: ReadonlyMap<string, AlertTemplate>;
  readonly defaults: Required<DefaultsSection>;
  /** Changes with anything outside the rule that it depends on. */
  readonly contextHash: string;
}

/** Compiles a rule of the right shape, reporting what it refers to and can't have. */
export function compileRule({ section, raw, report }: DeclaredRule, context: RuleContext): Rule {
  const match = compileMatch(section.match ?? {}, context.lists, (fault) => {
    const hint = fault.name === undefined ? fault.hint : nearHint(fault.name, fault.hint);
    report({ ...fault, hint, at: ['match', ...fault.at] });
  });
  const channels = section.channels ?? context.defaults.channels;
  const templateName = section.template ?? context.defaults.template;
  const template = context.templates.get(templateName);
  if (template === undefined) {
    const names = [...context.templates.keys()];
    report({
      code: 'unknown-template',
      at: ['template'],
      message: `there is no template "${templateName}"`,
      hint: suggest(templateName, names, 'declare it under templates'),
    });
  }
  return {
    id: section.id,
    name: section.name ?? section.id,
    description: section.description,
    runbook: section.runbook,
    owner: section.owner,
    tags: section.tags ?? [],
    severity: section.severity ?? context.defaults.severity,
    match,
    channels: channels.map((name, index) => compileChannelName(name, ['channels', index], context, report)),
    template: template ?? (context.templates.get('default') as AlertTemplate),
    active: section.active && compileActive(section.active),
    mentions: section.mention ?? [],
    stop: section.stop ?? false,
    hash: createHash('sha256')
      .update(JSON.stringify([raw, context.contextHash]))
      .digest('hex'),
  };
}

function compileChannelName(
  name: string,
  at: readonly (string | number)[],
  context: RuleContext,
  report: (fault: Fault) => void,
): string | Template {
  if (/\{[{%]/.test(name)) return liquid(name, at, report);
  if (!context.channels.has(name)) {
    report({
      code: 'unknown-channel',
      at,
      message: `there is no channel "${name}"`,
      hint: suggest(name, [...context.channels.keys()], 'declare it under channels'),
    });
  }
  return name;
}

function compileActive(section: ActiveSection): ActiveHours {
  return {
    days: new Set(section.days ?? weekdays),
    fromMinute: parseTimeOfDay(section.from ?? '00:00') ?? 0,
    toMinute: parseTimeOfDay(section.to ?? '24:00') ?? 1440,
    timezone: section.timezone ?? 'UTC',
  };
}

/** A hint that lists known names becomes the nearest one, when one is near. */
function nearHint(name: string, hint: string): string {
  const [, names] = / (?:are|is) (.+)$/.exec(hint) ?? [];
  return names === undefined ? hint : suggest(name, names.split(', '), hint);
}
