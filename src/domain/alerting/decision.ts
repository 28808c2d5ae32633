/** Why a match did or didn't become a message: the closed list used in the history, in `explain` and as metric labels. */
export const reasons = [
  'sent',
  'grouped',
  'duplicate',
  'window not reached',
  'window cooldown',
  'silenced',
  'out of hours',
  'throttled',
  'shadow',
] as const;
export type Reason = (typeof reasons)[number];

/** `grouped` alerts are shown by the message of an earlier one. */
export type Decision = 'sent' | 'suppressed';

export function decisionOf(reason: Reason): Decision {
  return reason === 'sent' || reason === 'grouped' ? 'sent' : 'suppressed';
}
