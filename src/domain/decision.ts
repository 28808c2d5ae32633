/** Why a match did or didn't become a message: the closed list used in the history, in `explain` and as metric labels. */
export const reasons = ['sent', 'duplicate', 'out of hours'] as const;
export type Reason = (typeof reasons)[number];

export type Decision = 'sent' | 'suppressed';

export function decisionOf(reason: Reason): Decision {
  return reason === 'sent' ? 'sent' : 'suppressed';
}
