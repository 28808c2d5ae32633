import type { LogEvent } from '../event.js';
import { compileMatch, type MatchFault } from '../matching/compile-match.js';
import type { Lists } from '../matching/list.js';

/** Which alerts a silence suppresses: those of a rule, those of events whose fields hold, or those for which both is so. */
export interface SilenceMatcher {
  /** The id of a rule. */
  readonly rule?: string;
  /** In the grammar of `match.fields`. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** A matcher with its period and author. Times are ms since the epoch. */
export interface Silence extends SilenceMatcher {
  readonly id: string;
  readonly reason: string;
  readonly author: string;
  readonly createdAt: number;
  readonly endsAt: number;
}

/** A silence that is over, with how many alerts it suppressed. */
export interface EndedSilence extends Silence {
  readonly silenced: number;
  /** It was removed before its time. */
  readonly early: boolean;
}

/** Whether a silence suppresses the alert of a rule about an event. */
export type SilenceTest = (rule: string, event: LogEvent) => boolean;

/**
 * Compiles a silence against the lists in force, reporting every fault. One with a fault keeps nothing back: an alert
 * too many is better than one too few.
 */
export function compileSilence(
  { rule, fields = {} }: SilenceMatcher,
  lists: Lists,
  report: (fault: MatchFault) => void,
): SilenceTest {
  let sound = true;
  const { prefilter } = compileMatch({ fields }, lists, (fault) => {
    sound = false;
    report(fault);
  });
  return (id, { data }) => sound && (rule === undefined || rule === id) && prefilter(data) === 'yes';
}
