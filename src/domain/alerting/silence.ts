import type { LogEvent } from '../event.js';
import { compileMatch, type MatchFault } from '../matching/compile-match.js';
import type { Severity } from '../alert.js';
import type { Rule } from '../rule-set.js';
import type { Lists } from '../matching/list.js';

/** Which alerts a silence suppresses: those for which all holds that it says. */
export interface SilenceMatcher {
  /** The id of a rule. */
  readonly rule?: string;
  /** The rule's alerts have one of these. */
  readonly severity?: readonly Severity[];
  /** The rule has all of these. */
  readonly tags?: readonly string[];
  /** The rule's owner. */
  readonly owner?: string;
  /** In the grammar of `match.fields`. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** A matcher with its period and author. Times are ms since the epoch. */
export interface Silence extends SilenceMatcher {
  readonly id: string;
  readonly reason: string;
  readonly author: string;
  readonly createdAt: number;
  /** When it begins; absent: when it was created. */
  readonly startsAt?: number;
  readonly endsAt: number;
}

/** A silence that is over, with how many alerts it suppressed. */
export interface EndedSilence extends Silence {
  readonly silenced: number;
  /** It was removed before its time. */
  readonly early: boolean;
}

/** Whether a silence suppresses the alert of a rule about an event. */
export type SilenceTest = (rule: SilencedRule, event: LogEvent) => boolean;

/** As much of a rule as silences look at. */
export type SilencedRule = Pick<Rule, 'id' | 'severity' | 'tags' | 'owner'>;

/**
 * Compiles a silence against the lists in force, reporting every fault. One with a fault keeps nothing back: an alert
 * too many is better than one too few.
 */
export function compileSilence(
  { rule, severity, tags = [], owner, fields = {} }: SilenceMatcher,
  lists: Lists,
  report: (fault: MatchFault) => void,
): SilenceTest {
  let sound = true;
  const { prefilter } = compileMatch({ fields }, lists, (fault) => {
    sound = false;
    report(fault);
  });
  const isOf = (one: SilencedRule): boolean =>
    (rule === undefined || rule === one.id) &&
    (severity === undefined || severity.includes(one.severity)) &&
    (owner === undefined || owner === one.owner) &&
    tags.every((tag) => one.tags.includes(tag));
  return (one, { data }) => sound && isOf(one) && prefilter(data) === 'yes';
}
