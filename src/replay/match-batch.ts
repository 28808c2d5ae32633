import type { Match } from '../domain/matching/matcher.js';
import type { Rule } from '../domain/rule-set.js';

/** How many matches are raised in one transaction, about. */
const matchesAtOnce = 2_000;
/** How far apart, in ms, matches of one transaction are at most when the clock matters to one of their rules. */
const batchMs = 1_000;

/** Gathers matches for one transaction, as a batch of Auth0's would. Those of one event are never parted. */
export class MatchBatch {
  private matches: Match<Rule>[] = [];
  /** When the first match came, if since then one has whose rule minds the time. */
  private clockFrom: number | undefined;

  /** Whether the match belongs to the next batch. */
  isFullFor({ event, rule }: Match<Rule>): boolean {
    const [first] = this.matches;
    if (first === undefined || this.matches.at(-1)?.event === event) return false;
    if (this.matches.length >= matchesAtOnce) return true;
    const from = this.clockFrom ?? (needsClock(rule) ? first.event.at : undefined);
    return from !== undefined && Math.abs(event.at - from) > batchMs;
  }

  add(match: Match<Rule>): void {
    this.matches.push(match);
    if (needsClock(match.rule)) this.clockFrom ??= this.matches[0]?.event.at;
  }

  take(): readonly Match<Rule>[] {
    const taken = this.matches;
    this.matches = [];
    this.clockFrom = undefined;
    return taken;
  }
}

/** Whether it matters to the rule what time it is when an event comes. Windows go by the events' own time. */
function needsClock({ active, group, throttle, window }: Rule): boolean {
  return (
    active !== undefined ||
    group !== undefined ||
    (throttle !== undefined && window === undefined) ||
    window?.kind === 'missing'
  );
}
