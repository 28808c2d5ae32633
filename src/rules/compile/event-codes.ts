import { describeEventType, eventTypeCodes } from '../../domain/catalogue/catalogue.js';
import { isGlob, isSlashedRegex } from '../../domain/match/pattern.js';
import { unknownFlagsFault } from '../../domain/match/pattern-fault.js';
import type { MatchSection } from '../document/match-section.js';
import { suggest } from '../nearest.js';
import type { Fault, Place } from '../problem.js';

/** The entries of a match's own `types`, each with its place below the match. */
export function writtenTypes({
  types,
}: MatchSection): readonly { readonly entry: string; readonly at: Place }[] {
  if (types === undefined || types === null) return [];
  if (typeof types === 'string') return [{ entry: types, at: ['types'] }];
  // Faulty entries are holes, which flatMap passes over.
  return types.flatMap((entry, index) => [{ entry, at: ['types', index] }]);
}

/** Whether an entry of `types` means just the one event type it spells. */
export function isEventCode(entry: string): boolean {
  return (
    !isGlob(entry) &&
    !isSlashedRegex(entry) &&
    unknownFlagsFault(entry) === undefined &&
    !entry.startsWith('category:')
  );
}

/** Reports every event type spelt out in a match that the catalogue does not know; Auth0 may have made it since. */
export function reportUnknownCodes(match: MatchSection, at: Place, report: (fault: Fault) => void): void {
  for (const { entry, at: below } of writtenTypes(match)) {
    if (!isEventCode(entry) || describeEventType(entry) !== undefined) continue;
    report({
      code: 'unknown-event-code',
      at: [...at, ...below],
      message: `no event type "${entry}" is known`,
      hint: suggest(entry, eventTypeCodes, 'leave it if Auth0 has it; check how it is spelt otherwise'),
    });
  }
  if (match.except) reportUnknownCodes(match.except, [...at, 'except'], report);
}
