import type { AlertContent, RuleTexts } from '../alert.js';
import { describeEventType } from '../catalogue/catalogue.js';
import type { Detection } from './detection.js';
import type { RenderBudget } from './liquid.js';
import type { Rule } from '../rule-set.js';
import { renderTree } from './template.js';

/** Gives the address of an event in Auth0's dashboard. */
export type LinkTo = (logId: string) => string;

/** What a rule's templates see: of the event what may leave memory. */
export function templateScope({ rule, shown, window }: Pick<Detection, 'rule' | 'shown' | 'window'>): object {
  const type = describeEventType(shown.type);
  return {
    event: { ...shown.data, type_name: type?.name ?? shown.type, category: type?.category ?? 'unknown' },
    window,
    rule: ruleScope(rule),
  };
}

/** What templates see as `rule`. */
export function ruleScope(rule: Rule) {
  return {
    id: rule.id,
    name: rule.name,
    severity: rule.severity,
    description: rule.description ?? '',
    tags: rule.tags,
    owner: rule.owner ?? '',
  };
}

/**
 * Renders an alert once, so that a later change of the rules can't take its words away.
 *
 * @param budget what all of its templates may use together
 */
export function renderAlert(detection: Detection, linkTo: LinkTo, budget: RenderBudget): AlertContent {
  const scope = templateScope(detection);
  const { rule, event } = detection;
  const { title, text, fields, blocks } = rule.template;
  return {
    ...ruleTexts(rule),
    title: title.render(scope, budget),
    text: text?.render(scope, budget),
    fields: fields
      .map(([name, value]) => ({ name, value: value.render(scope, budget) }))
      .filter(({ value }) =>
        value.some((span) => (typeof span === 'string' ? span : span.value).trim() !== ''),
      ),
    blocks: blocks?.map((block) => renderTree(block, scope, budget)),
    at: event.at,
    // An id that the router made up leads nowhere in the dashboard.
    link: event.data['log_id'] === undefined ? undefined : linkTo(event.logId),
  };
}

export function ruleTexts(rule: Rule): RuleTexts {
  return {
    ruleId: rule.id,
    ruleName: rule.name,
    severity: rule.severity,
    mentions: rule.mentions,
    runbook: rule.runbook,
  };
}

/** Links to an event below the dashboard's address: `https://manage.auth0.com/#`, or `…/dashboard/{region}/{tenant}`. */
export function dashboardLink(dashboardUrl: string): LinkTo {
  const base = dashboardUrl.replace(/\/+$/, '');
  return (logId) => `${base}/logs/${encodeURIComponent(logId)}`;
}
