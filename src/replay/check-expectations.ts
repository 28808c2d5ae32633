import type { Reason } from '../domain/alerting/decision.js';
import type { ExpectSection } from '../rules/schema/test-section.js';
import { noChannel, type NewAlert } from '../domain/stores.js';
import { alertText, sentAlerts } from './sent-alerts.js';
import { isGiven } from '../domain/json-value.js';

/** What a test wanted, and what it got instead. */
export interface Difference {
  readonly what: keyof ExpectSection;
  readonly expected: unknown;
  readonly got: unknown;
}

/** What came of the rule under test. */
export interface RuleOutcome {
  readonly alerts: readonly NewAlert[];
  /** How many matches were decided so. */
  readonly reasons: ReadonlyMap<Reason, number>;
}

export function checkExpectations(expected: ExpectSection, { alerts, reasons }: RuleOutcome): Difference[] {
  const sent = sentAlerts(alerts);
  const titles = [...new Set(sent.map(([alert]) => alert.title))];
  const texts = [...new Set(sent.map(([alert]) => alertText(alert.content)))];
  const channels = [...new Set(sent.flat().map(({ channel }) => channel))]
    .filter((channel) => channel !== noChannel)
    .sort();
  const messages = new Set(sent.flat().flatMap(({ deliveryId = [] }) => deliveryId)).size;
  const differences: Difference[] = [];
  const check = (what: keyof ExpectSection, wanted: unknown, got: unknown, holds: boolean): void => {
    if (isGiven(wanted) && !holds) differences.push({ what, expected: wanted, got });
  };
  check('alerts', expected.alerts, sent.length, sent.length === expected.alerts);
  const wanted = [...new Set(expected.channels ?? [])].sort();
  check('channels', expected.channels, channels, JSON.stringify(wanted) === JSON.stringify(channels));
  check('title', expected.title, titles, titles.includes(expected.title ?? ''));
  for (const part of [expected.contains ?? []].flat()) {
    check(
      'contains',
      part,
      texts,
      texts.some((text) => text.includes(part)),
    );
  }
  check('messages', expected.messages, messages, messages === expected.messages);
  const suppressed = Object.entries(expected.suppressed ?? {}) as [Reason, number][];
  const wrong = suppressed.filter(([reason, count]) => (reasons.get(reason) ?? 0) !== count);
  const got = Object.fromEntries(suppressed.map(([reason]) => [reason, reasons.get(reason) ?? 0]));
  check('suppressed', expected.suppressed, got, wrong.length === 0);
  return differences;
}
