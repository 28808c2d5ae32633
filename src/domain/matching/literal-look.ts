import { isSlashedRegex } from './pattern.js';
import { parseRange } from './address.js';

/** What a text looks like that a rule compares literally. */
export type LiteralLook = 'range' | 'regex' | 'path';

const dottedNumbers = /^\d{1,3}(\.\d{1,3}){1,3}\/\d{1,3}$/;
const addressSpan = /^\d{1,3}(\.\d{1,3}){3}\s*-\s*\d{1,3}(\.\d{1,3}){0,3}$/;
/** What a regex has and hardly any other text: anchors, escaped dots, classes, alternatives in brackets. */
const regexParts: readonly RegExp[] = [
  /^\^./,
  /^\.[*+]/,
  /[@./)\]*+].*\$$/s,
  /\\\./,
  /\\[dws][+*{\\]/i,
  /^\\b|\\b$/,
  /\[\^?(a-z|A-Z|0-9)/,
  /\([^()]+\|[^()]*\)/,
];
/** `/pattern/letters` where the letters are flags of other regex engines. */
const foreignFlags = /^\/.+\/(?=[imsug]*[dvyxUX])[dgimsuvyxUX]{1,3}$/s;
/** A whole text that names a field of an event as other tools do. */
const path = /^(\$\.|data\.|event\.)[A-Za-z_]\w*(\.\w+)*$/;

/** What the text looks like, where it is surely not meant literally. */
export function lookOf(text: string): LiteralLook | undefined {
  if (looksLikeRange(text)) return 'range';
  if (isSlashedRegex(text)) return undefined;
  if (foreignFlags.test(text) || regexParts.some((part) => part.test(text))) return 'regex';
  return path.test(text) ? 'path' : undefined;
}

export function looksLikeRange(text: string): boolean {
  return (
    dottedNumbers.test(text) ||
    addressSpan.test(text) ||
    (text.includes('/') && text.includes(':') && parseRange(text) !== undefined)
  );
}
