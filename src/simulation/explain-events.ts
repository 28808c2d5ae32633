import { failedCondition } from '../domain/match/failed-condition.js';
import { decisionOf, type Decision, type Reason } from '../domain/decision.js';
import type { LinkTo } from '../domain/render-alert.js';
import type { RuleSet } from '../domain/rule-set.js';
import type { Ids, NewAlert } from '../domain/stores.js';
import { payloadOf, type SlackPayload } from '../notify/slack/payload.js';
import { Simulation, type SimulatedEvent } from './simulation.js';

/** Why a rule did or didn't alert on an event. */
export interface RuleExplanation {
  readonly id: string;
  readonly matched: boolean;
  readonly decision: Decision | 'none';
  readonly reason: Reason | 'not matched' | 'stopped';
  /** The condition that decided against the rule. */
  readonly failed?: string;
  /** What that condition saw; absent when the event has no such value. */
  readonly value?: unknown;
}

export interface EventExplanation {
  readonly logId: string;
  readonly rules: readonly RuleExplanation[];
}

/** An alert as it would be posted. */
export interface ExplainedAlert {
  readonly rule: string;
  readonly channels: readonly string[];
  /** ISO 8601. */
  readonly at: string;
  readonly title: string;
  readonly logIds: readonly string[];
  /** What Slack would get. */
  readonly payload: SlackPayload;
}

export interface Explanation {
  readonly results: readonly EventExplanation[];
  readonly alerts: readonly ExplainedAlert[];
}

/** Runs events in order through the whole pipeline on an empty state. Elements that are no events are left out. */
export async function explainEvents(
  events: readonly unknown[],
  rules: RuleSet,
  ids: Ids,
  linkTo: LinkTo,
  now: number,
): Promise<Explanation> {
  const simulation = await Simulation.start(rules, ids, linkTo, now);
  try {
    const results: EventExplanation[] = [];
    const alerts: NewAlert[] = [];
    for (const element of events) {
      const simulated = await simulation.feed(element);
      if (simulated === undefined) continue;
      results.push(explainEvent(simulated));
      alerts.push(...simulated.raised.alerts.filter((alert) => alert.reason === 'sent'));
    }
    return { results, alerts: byRuleAndEvent(alerts) };
  } finally {
    await simulation.close();
  }
}

function explainEvent({ event, accounts, raised }: SimulatedEvent): EventExplanation {
  const reasons = new Map(raised.decisions.map((decision) => [decision.rule, decision.reason]));
  const rules = accounts.map((account): RuleExplanation => {
    const { id } = account.rule;
    if ('stoppedBy' in account) {
      return {
        id,
        matched: false,
        decision: 'none',
        reason: 'stopped',
        failed: `the rule ${account.stoppedBy} stops the event`,
      };
    }
    const failed = failedCondition(account.why);
    if (failed !== undefined)
      return { id, matched: false, decision: 'none', reason: 'not matched', ...failed };
    const reason = reasons.get(id) ?? 'sent';
    return { id, matched: true, decision: decisionOf(reason), reason };
  });
  return { logId: event.logId, rules };
}

/** One entry for a rule and event, with all channels it goes to. */
function byRuleAndEvent(alerts: readonly NewAlert[]): ExplainedAlert[] {
  const groups = new Map<string, NewAlert[]>();
  for (const alert of alerts) {
    const key = JSON.stringify([alert.rule, alert.logIds]);
    groups.set(key, [...(groups.get(key) ?? []), alert]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [NewAlert, ...NewAlert[]];
    return {
      rule: first.rule,
      channels: group.map((alert) => alert.channel),
      at: new Date(first.at).toISOString(),
      title: first.title,
      logIds: first.logIds,
      payload: payloadOf({ kind: 'alert', alerts: [first.content] }),
    };
  });
}
