import type { AlertContent, Severity } from '../alert.js';
import { durationText } from '../duration.js';
import type { EventSpan } from '../windows/follow-up.js';
import type { Notice } from './message.js';

/** What is said when the cooldown of a window's alert has ended and more events of its key came. */
export interface FollowUp extends EventSpan {
  readonly severity: Severity;
  readonly ruleId: string;
  readonly ruleName: string;
  /** The `by` values, joined by a comma. Untrusted. */
  readonly key: string;
}

/** How much a follow-up has to say for a message of its own: a channel that can't edit its messages is asked rarely. */
const leastGrowth = 2;

/**
 * Whether the events of a cooldown are reported.
 *
 * @param alerted how many events the alert showed
 * @param edits whether the channel can edit the alert's message, so that nobody is disturbed
 */
export function isReported(alerted: number, events: number, edits: boolean): boolean {
  return edits ? events > alerted : events >= alerted * leastGrowth;
}

export function followUpOf(
  { severity, ruleId, ruleName }: AlertContent,
  key: string,
  { count, firstAt, lastAt }: EventSpan,
): FollowUp {
  return { severity, ruleId, ruleName, key, count, firstAt, lastAt };
}

/** `327 events in 14m`; of events that all came within a second, `327 events within a second`. */
export function followUpText({ count, firstAt, lastAt }: EventSpan): string {
  const ms = lastAt - firstAt;
  const events = count === 1 ? '1 event' : `${count} events`;
  return ms < 1_000 ? `${events} within a second` : `${events} in ${durationText(rounded(ms))}`;
}

/** The follow-up as a version of the router posts it that knows notices only. */
export function followUpNotice(followUp: FollowUp, at: number): Notice {
  return {
    severity: followUp.severity,
    title: `${followUp.ruleName}: ${followUpText(followUp)}`,
    detail: followUp.key,
    at,
  };
}

/** Whole minutes above ten minutes, and whole hours above two days: more detail helps nobody. */
function rounded(ms: number): number {
  if (ms >= 172_800_000) return Math.round(ms / 3_600_000) * 3_600_000;
  return ms >= 600_000 ? Math.round(ms / 60_000) * 60_000 : ms;
}
