import { followUpText, type FollowUp } from '../../domain/alerting/follow-up.js';

/**
 * A line for each follow-up of a message's alerts; it names the rule where the message has several rules.
 *
 * @param name writes a rule's name
 */
export function followUpLines(
  followUps: readonly FollowUp[],
  rules: number,
  name: (ruleName: string) => string,
): string[] {
  return followUps.map((followUp) => {
    const text = followUpText(followUp);
    return rules > 1 ? `${name(followUp.ruleName)}: ${text}` : text;
  });
}
