import type { Suppressed } from '../../domain/alert.js';
import type { Combined } from './combine.js';

/** @param time writes a time, in ms since the epoch; empty for a time that is none. */
export function suppressedText({ count, since }: Suppressed, time: (at: number) => string): string {
  const shown = time(since);
  return `${count} more like this ${count === 1 ? 'was' : 'were'} held back${shown === '' ? '' : ` since ${shown}`}`;
}

/**
 * A line for each alert before which others were suppressed; it names the rule where the message has several alerts.
 * @param name writes a rule's name.
 */
export function suppressedLines(
  { contributions }: Combined,
  time: (at: number) => string,
  name: (ruleName: string) => string,
): string[] {
  return contributions.flatMap(({ alert: { suppressed, ruleName } }) => {
    if (suppressed === undefined) return [];
    const prefix = contributions.length > 1 ? `${name(ruleName)}: ` : '';
    return [prefix + suppressedText(suppressed, time)];
  });
}

/** What the first message of a thread says of the alerts below it. */
export function repeatsText(repeats: number): string {
  return `${repeats} more like this in the thread`;
}
