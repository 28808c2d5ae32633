import { failedCondition } from '../domain/matching/failed-condition.js';
import { decisionOf, type Decision, type Reason } from '../domain/alerting/decision.js';
import type { LinkTo } from '../domain/alerting/render-alert.js';
import type { RuleAccount } from '../domain/matching/matcher.js';
import type { Rule, RuleSet } from '../domain/rule-set.js';
import { noChannel, type Ids, type NewAlert } from '../domain/stores.js';
import { payloadOf, type SlackPayload } from '../notify/slack/payload.js';
import { sentAlerts } from './sent-alerts.js';
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

/**
 * Runs events in order through the whole pipeline on an empty state. Elements that are not events are left out.
 *
 * @param now where the clock stands until the first event that has a date; `until`: where it stands at last, by
 * default at the last event
 */
export async function explainEvents(
  events: readonly unknown[],
  rules: RuleSet,
  ids: Ids,
  linkTo: LinkTo,
  now: number,
  until?: number,
): Promise<Explanation> {
  const simulation = new Simulation(rules, ids, linkTo, now);
  const results: EventExplanation[] = [];
  for (const element of events) {
    const simulated = await simulation.feed(element);
    if (simulated === undefined) continue;
    results.push(explainEvent(simulated, await simulation.explain(simulated.event)));
  }
  if (until !== undefined) await simulation.advance(until);
  return { results, alerts: sentAlerts(simulation.alerts).map(explainAlert) };
}

export function explainEvent(
  { event, raised }: SimulatedEvent,
  accounts: readonly RuleAccount<Rule>[],
): EventExplanation {
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

function explainAlert(alerts: readonly [NewAlert, ...NewAlert[]]): ExplainedAlert {
  const [first] = alerts;
  return {
    rule: first.rule,
    channels: alerts.map(({ channel }) => channel).filter((channel) => channel !== noChannel),
    at: new Date(first.at).toISOString(),
    title: first.title,
    logIds: first.logIds,
    payload: payloadOf({ kind: 'alert', alerts: [first.content] }),
  };
}
