import { Redactor } from '../../src/domain/redaction.js';
import { Correlator } from '../../src/domain/windows/correlator.js';
import type { LogEvent } from '../../src/domain/event.js';
import type { MatchForm } from '../../src/domain/matching/match-types.js';
import { Matcher } from '../../src/domain/matching/matcher.js';
import { Pipeline, type BatchResult } from '../../src/domain/pipeline.js';
import type { Rule, RuleSet } from '../../src/domain/rule-set.js';
import { compileTemplate, type Template } from '../../src/domain/alerting/template.js';
import { InMemoryStores } from '../../src/replay/in-memory/stores.js';
import { CountingIds } from './counting-ids.js';
import { logEvent, matchRule } from './match-events.js';

/** When the pipelines run, unless a test says otherwise. */
export const now = Date.parse('2026-11-20T12:00:00.000Z');

export function template(source: string): Template {
  const compiled = compileTemplate(source);
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.template;
}

/** A rule of high severity for the channel `security`. */
export function rule(id: string, form: MatchForm = {}, changes: Partial<Rule> = {}): Rule {
  return {
    ...matchRule(id, form),
    name: `Rule ${id}`,
    tags: [],
    severity: 'high',
    channels: ['security'],
    template: { title: template(`${id}: {{ event.user_name }}`), fields: [] },
    mentions: [],
    shadow: false,
    stepsOf: () => [0],
    hash: id,
    ...changes,
  };
}

/** A rule set with the channels `security`, `iam` and `team-acme`. */
export function ruleSet(
  rules: readonly Rule[],
  defaultChannels: readonly (string | Template)[] = ['security'],
): RuleSet {
  const names = ['security', 'iam', 'team-acme'];
  return {
    hash: 'h',
    rules,
    matcher: new Matcher(rules, new Map()),
    lists: new Map(),
    channels: new Map(names.map((name) => [name, { name, target: { kind: 'console' } }])),
    defaultChannels,
    lastResort: 'security',
    redactor: new Redactor([], (text) => text),
  };
}

/** A pipeline of those rules over stores that a test can look into. */
export function pipelineOf(rules: RuleSet) {
  const stores = new InMemoryStores();
  const pipeline = new Pipeline(
    rules,
    new Correlator((text) => text),
    new CountingIds(),
    (logId) => `https://dashboard.example/${logId}`,
  );
  const raise = async (events: readonly LogEvent[], at = now): Promise<BatchResult> =>
    pipeline.raise(await pipeline.match(events), stores, at);
  return { stores, raise };
}

/** An event of a second ago. */
export function event(logId: string, data: Record<string, unknown> = {}): LogEvent {
  return { ...logEvent({ type: 'fu', log_id: logId, ...data }, logId), at: now - 1000 };
}

/** What was decided, as `rule event reason`. */
export function reasons(raised: BatchResult): string[] {
  return raised.decisions.map(({ rule: id, logId, reason }) => `${id} ${logId} ${reason}`);
}
