import { toLogEvent, type LogEvent, type ReceivedEvent } from '../domain/event.js';
import type { Match } from '../domain/matching/matcher.js';
import type { Rule } from '../domain/rule-set.js';
import type { Ids } from '../domain/stores.js';

/** Makes log events of those that matched; the others, nearly all, need none. Matches of one event share it. */
export function completeMatches(
  found: readonly Match<Rule, ReceivedEvent>[],
  now: number,
  ids: Ids,
): readonly Match<Rule>[] {
  const made = new Map<ReceivedEvent, LogEvent>();
  return found.map(({ rule, event: received, why }) => {
    const event = made.get(received) ?? toLogEvent(received, now, () => ids.next());
    made.set(received, event);
    return { rule, event, why };
  });
}
