import { compileMatch, type MatchFault } from '../../src/domain/matching/compile-match.js';
import type { LogEvent } from '../../src/domain/event.js';
import type { Lists } from '../../src/domain/matching/list.js';
import type { MatchForm } from '../../src/domain/matching/match-types.js';
import { Matcher, type MatchableRule } from '../../src/domain/matching/matcher.js';

export type EventData = Readonly<Record<string, unknown>> & { readonly type: string };

export function logEvent(data: EventData, logId = 'e1'): LogEvent {
  return { logId, type: data.type, at: 0, data };
}

/** A rule that matches by the form. Throws when the form has a fault. */
export function matchRule(
  id: string,
  form: MatchForm,
  lists: Lists = new Map(),
  stop = false,
): MatchableRule {
  const match = compileMatch(form, lists, (fault) => {
    throw new Error(`${fault.code} at ${fault.at.join('.')}: ${fault.message}`);
  });
  return { id, match, stop };
}

/** Whether a rule with that `match` matches an event of that data. */
export async function matches(form: MatchForm, data: EventData, lists: Lists = new Map()): Promise<boolean> {
  const matcher = new Matcher([matchRule('rule', form, lists)], lists);
  return (await matcher.match([logEvent(data)])).length === 1;
}

/** The faults of a `match`, each as its code and its place. */
export function matchFaults(form: MatchForm, lists: Lists = new Map()): string[] {
  const faults: MatchFault[] = [];
  compileMatch(form, lists, (fault) => faults.push(fault));
  return faults.map((fault) => [fault.code, ...fault.at].join(' '));
}
