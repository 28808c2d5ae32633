import { parseTimeOfDay, weekdays, type ActiveHours } from '../../domain/alerting/active-hours.js';
import { compileMatch, type CompiledMatch, type MatchFault } from '../../domain/matching/compile-match.js';
import type { MatchForm } from '../../domain/matching/match-types.js';
import type { Lists } from '../../domain/matching/list.js';
import { matchOfMissing, matchOfSequence, type StepMatch } from '../../domain/matching/step-match.js';
import type { Remind } from '../../domain/alerting/remind.js';
import type { AlertTemplate, Rule } from '../../domain/rule-set.js';
import { parseDuration } from '../../domain/duration.js';
import { compileKey } from './compile-key.js';
import { compileWindow, type CompiledWindow } from './compile-window.js';
import { compileChannelName } from './channel-name.js';
import type { DeclaredNames } from '../yaml/declared-names.js';
import type { DeclaredRule } from '../yaml/declared-rules.js';
import { MatchSection } from '../schema/match-section.js';
import type { RemindSection } from '../schema/pace-sections.js';
import type { ActiveSection } from '../schema/rule-section.js';
import { reportUnknownCodes } from './event-codes.js';
import type { RuleDefaults } from './rule-defaults.js';
import { suggest } from '../nearest.js';
import type { Fault, Place } from '../problem.js';
import { windowFault, windowNameIn } from '../lint/window-in-template.js';
import { hashRule } from './rule-hash.js';
import { isGiven, isObject } from '../../domain/json-value.js';

const defaultReminders = 3;

/** A template beside how it was written, which is undefined for the built-in one. */
export interface NamedTemplate {
  readonly compiled: AlertTemplate;
  readonly written?: unknown;
}

/** What a rule refers to by name. */
export interface RuleContext {
  readonly names: DeclaredNames;
  readonly lists: Lists;
  readonly templates: ReadonlyMap<string, NamedTemplate>;
  readonly builtIn: AlertTemplate;
  readonly defaults: RuleDefaults;
}

/**
 * Compiles a rule, reporting what it refers to and can't have. Where something was reported, here or of its shape, the
 * rule can't be used.
 */
export function compileRule({ section, raw, report }: DeclaredRule, context: RuleContext): Rule {
  const throttle = section.throttle
    ? {
        everyMs: parseDuration(section.throttle.every ?? '') ?? 0,
        by: compileKey(section.throttle.by, ['throttle', 'by'], report),
      }
    : undefined;
  const windowRaw = isObject(raw['window']) ? raw['window'] : {};
  const window = section.window
    ? compileWindow(section.window, windowRaw, throttle?.everyMs, report)
    : undefined;
  const { match, stepsOf } = compileMatches(section.match ?? new MatchSection(), window, context, report);
  const severity = section.severity ?? context.defaults.severity;
  const channels = section.channels ?? context.defaults.channels;
  const template = section.template ?? context.defaults.template;
  if (section.template) reportIf(report, context.names.unknown('templates', template, ['template']));
  if (!section.channels) reportNoDefaultChannel(section.id, context, report);
  const named = context.templates.get(template);
  const alertTemplate = named?.compiled ?? context.builtIn;
  const windowName = isGiven(raw['window']) ? undefined : windowNameIn(alertTemplate);
  if (windowName !== undefined) {
    report(windowFault({ id: section.id, template, written: isGiven(raw['template']) }, windowName));
  }
  return {
    id: section.id,
    name: section.name ?? section.id,
    description: section.description ?? undefined,
    runbook: section.runbook ?? undefined,
    owner: section.owner ?? undefined,
    tags: section.tags ?? [],
    severity,
    match,
    channels: section.channels
      ? channels.map((name, index) => compileChannelName(name, ['channels', index], context.names, report))
      : context.defaults.compiledChannels,
    template: alertTemplate,
    active: section.active ? compileActive(section.active, report) : undefined,
    window: window?.window,
    stepsOf,
    throttle,
    group: section.group
      ? {
          waitMs: parseDuration(section.group.wait ?? '') ?? 0,
          by: compileKey(section.group.by, ['group', 'by'], report),
        }
      : undefined,
    remind: section.remind ? compileRemind(section.remind, context.names, report) : undefined,
    mentions: [section.mention ?? []].flat(),
    stop: section.stop ?? false,
    shadow: section.mode === 'shadow',
    hash: hashRule({ raw, severity, channels, template: named?.written ?? template }, context.lists),
  };
}

/** What the rule's events match: its own match, and those of its window's steps. */
function compileMatches(
  form: MatchSection,
  window: CompiledWindow | undefined,
  context: RuleContext,
  report: (fault: Fault) => void,
): StepMatch {
  const compile = (section: MatchSection, at: Place): CompiledMatch => {
    reportUnknownCodes(section, at, report);
    const faults: MatchFault[] = [];
    const compiled = compileMatch(matchForm(section), context.lists, adderTo(faults));
    for (const fault of faults) reportMatchFault(fault, at, context.names, report);
    return compiled;
  };
  const own = compile(form, ['match']);
  const steps = (window?.steps ?? []).map(({ section, at }) => compile(section, at));
  const [first] = steps;
  if (window?.window.kind === 'sequence') return matchOfSequence(own, steps);
  if (window?.window.kind === 'missing' && first !== undefined) return matchOfMissing(own, first);
  return { match: own, stepsOf: onlyStep };
}

// These two are functions of their own because a rule in force keeps its functions, and with them all that they are made
// within: inside `compileMatches` that would be the file's whole YAML.

function adderTo<T>(items: T[]): (item: T) => void {
  return (item) => void items.push(item);
}

function onlyStep(): readonly number[] {
  return [0];
}

/** A key with nothing behind it counts as left out. */
function matchForm({ types, fields, where, except }: MatchSection): MatchForm {
  return {
    types: types ?? undefined,
    fields: fields ?? undefined,
    where: where ?? undefined,
    except: except ? matchForm(except) : undefined,
  };
}

function reportMatchFault(
  { name, candidates, ...fault }: MatchFault,
  at: Place,
  names: DeclaredNames,
  report: (fault: Fault) => void,
): void {
  if (fault.code === 'unknown-list' && name !== undefined && !names.lacks('lists', name)) return;
  const hint =
    name !== undefined && candidates !== undefined ? suggest(name, candidates, fault.hint) : fault.hint;
  const target = fault.at.at(-1) === name ? 'key' : 'value';
  report({ ...fault, hint, at: [...at, ...fault.at], target });
}

/** Without any defaults, alerts of a rule that names no channel have nowhere to go. */
function reportNoDefaultChannel(id: string, context: RuleContext, report: (fault: Fault) => void): void {
  const { channels, declared } = context.defaults;
  if (declared || !channels.some((name) => context.names.lacks('channels', name))) return;
  report({
    code: 'missing-key',
    at: [],
    message: `the rule "${id}" names no channel, and there are no defaults`,
    hint: 'add channels: [name] to the rule, or to defaults for all rules',
  });
}

function reportIf(report: (fault: Fault) => void, fault: Fault | undefined): void {
  if (fault !== undefined) report(fault);
}

function compileRemind(
  { after, every, times, channels }: RemindSection,
  names: DeclaredNames,
  report: (fault: Fault) => void,
): Remind {
  for (const [index, name] of (channels ?? []).entries())
    reportIf(report, names.unknown('channels', name, ['remind', 'channels', index]));
  const afterMs = parseDuration(after ?? '') ?? 0;
  return {
    afterMs,
    everyMs: parseDuration(every ?? '') ?? afterMs,
    times: times ?? defaultReminders,
    channels: channels ?? [],
  };
}

function compileActive(section: ActiveSection, report: (fault: Fault) => void): ActiveHours {
  const from = section.from ?? '00:00';
  const to = section.to ?? '24:00';
  const hours: ActiveHours = {
    days: new Set(section.days ?? weekdays),
    fromMinute: parseTimeOfDay(from) as number,
    toMinute: parseTimeOfDay(to) as number,
    timezone: section.timezone ?? 'UTC',
  };
  if (hours.fromMinute === hours.toMinute) {
    report({
      code: 'invalid-value',
      at: ['active', section.to ? 'to' : 'from'],
      message: `from ${from} to ${to} is an empty period`,
      hint: 'leave from and to out for whole days',
    });
  }
  return hours;
}
