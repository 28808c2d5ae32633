import type { Severity } from './alert.js';
import type { RuleResult } from 'json-rules-engine';
import type { Window } from './windows/window.js';
import type { KeyPart } from './key.js';
import type { Channel } from './channel.js';
import type { Lists } from './matching/list.js';
import type { MatchableRule, Matcher } from './matching/matcher.js';
import type { Redactor } from './redaction.js';
import type { ActiveHours } from './alerting/active-hours.js';
import type { Remind } from './alerting/remind.js';
import type { Template, TemplateTree } from './alerting/template.js';

/** How an alert of a rule reads. */
export interface AlertTemplate {
  readonly title: Template;
  readonly text?: Template;
  readonly fields: ReadonlyArray<readonly [name: string, value: Template]>;
  readonly blocks?: readonly TemplateTree[];
}

/** A rule in force: checked, complete and compiled. Its defaults are filled in. */
export interface Rule extends MatchableRule {
  readonly name: string;
  readonly description?: string;
  readonly runbook?: string;
  readonly owner?: string;
  readonly tags: readonly string[];
  readonly severity: Severity;
  /** Names of channels. A template's name is known only with the event. None: alerts stand in the history alone. */
  readonly channels: ReadonlyArray<string | Template>;
  readonly template: AlertTemplate;
  /** Single matches alert only where there is none. */
  readonly window?: Window;
  /** Which steps of the window a match serves. */
  readonly stepsOf: (why: RuleResult) => readonly number[];
  readonly active?: ActiveHours;
  readonly throttle?: { readonly everyMs: number; readonly by: readonly KeyPart[] };
  readonly group?: { readonly waitMs: number; readonly by: readonly KeyPart[] };
  /** How people are asked again, as long as a message of the rule is open. */
  readonly remind?: Remind;
  readonly mentions: readonly string[];
  /** Its alerts are decided and stand in the history, and nothing is sent. */
  readonly shadow: boolean;
  /** Changes when anything that the rule means changes. */
  readonly hash: string;
}

/** Everything a rules file and its includes say. Disabled rules are not in it. */
export interface RuleSet {
  /** Changes when anything that the rules mean changes. */
  readonly hash: string;
  readonly rules: readonly Rule[];
  readonly matcher: Matcher<Rule>;
  readonly lists: Lists;
  readonly channels: ReadonlyMap<string, Channel>;
  /** Where alerts go whose channel name, given by a template, names no channel; these may be templates themselves. */
  readonly defaultChannels: readonly (string | Template)[];
  /** Where alerts go for which these name no channel either. */
  readonly lastResort?: string;
  /** What may leave memory of an event. */
  readonly redactor: Redactor;
  /** Where the router's own warnings go, if anywhere. */
  readonly opsChannel?: string;
  /** Where those go that can't go there, if anywhere; another channel. */
  readonly opsFallback?: string;
  /** After how long without an event the router warns, if at all. */
  readonly heartbeatMs?: number;
}
