import { describeEventType, eventTypeCodes } from '../../domain/catalogue/catalogue.js';
import { compileGlob, compileRegex, isGlob, isSlashedRegex } from '../../domain/matching/pattern.js';
import { controlCharacterFault, unknownFlagsFault } from '../../domain/matching/pattern-fault.js';
import type { MatchSection } from '../schema/match-section.js';
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

/**
 * Reports every entry of `types` that no event type of the catalogue fits; Auth0 may have made one since. An entry that is
 * written as something else than it is taken for says so instead.
 */
export function reportUnknownCodes(match: MatchSection, at: Place, report: (fault: Fault) => void): void {
  for (const { entry, at: below } of writtenTypes(match)) {
    const found = suspicious(entry) ?? unknown(entry);
    if (found !== undefined) report({ ...found, at: [...at, ...below] });
  }
  if (match.except) reportUnknownCodes(match.except, [...at, 'except'], report);
}

type Found = Omit<Fault, 'at'>;

/** Several types in one text, or a regex without slashes. */
function suspicious(entry: string): Found | undefined {
  if (isSlashedRegex(entry) || describeEventType(entry) !== undefined) return undefined;
  const several = entry.split(/[\s,;|]+/).filter((part) => part !== '');
  if (several.length > 1 && several.every((part) => /^[\w:*-]+$/.test(part))) {
    return {
      code: 'suspicious-literal',
      message: `"${entry}" is taken for one event type, and looks like several`,
      hint: `write a list: [${several.map((part) => (isGlob(part) ? `'${part}'` : part)).join(', ')}]`,
    };
  }
  if (!/^\^|\$$|\.[*+]|[[()|\\]/.test(entry) || unknownFlagsFault(entry) !== undefined) return undefined;
  return {
    code: 'suspicious-literal',
    message: `"${entry}" is taken for ${isGlob(entry) ? 'a glob' : 'one event type'}, and looks like a regex`,
    hint: `write '/${entry}/'`,
  };
}

function unknown(entry: string): Found | undefined {
  const code = 'unknown-event-code';
  if (isEventCode(entry)) {
    if (describeEventType(entry) !== undefined) return undefined;
    return {
      code,
      message: `no event type "${entry}" is known`,
      hint: suggest(entry, eventTypeCodes, 'leave it if Auth0 has it; check how it is spelt otherwise'),
    };
  }
  const test = patternOf(entry);
  if (test === undefined || eventTypeCodes.some((type) => test(type))) return undefined;
  const small = patternOf(entry.toLowerCase());
  const meant = small !== undefined && eventTypeCodes.some((type) => small(type));
  return {
    code,
    message: `no known event type fits ${isGlob(entry) && !isSlashedRegex(entry) ? 'the glob' : 'the regex'} "${entry}"`,
    hint: meant
      ? `upper and lower case are different in event types: did you mean "${entry.toLowerCase()}"?`
      : 'leave it if Auth0 has types of this form; check how it is spelt otherwise',
  };
}

/** Undefined for what is no pattern, or a faulty one, which is reported where it is compiled. */
function patternOf(entry: string): ((type: string) => boolean) | undefined {
  if (isSlashedRegex(entry)) {
    if (controlCharacterFault(entry) !== undefined) return undefined;
    const regex = compileRegex(entry);
    return regex.ok ? regex.value : undefined;
  }
  return isGlob(entry) && unknownFlagsFault(entry) === undefined ? compileGlob(entry) : undefined;
}
