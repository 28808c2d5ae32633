import { spellAddress } from './matching/address.js';

/** The text with everything replaced that PostgreSQL or Slack can't hold: NUL and lone surrogates. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** No e-mail address is longer (RFC 3696), and no IP address; a longer text is not looked at, whatever its sender meant by it. */
const longest = 320;

/** A `|` occurs in Auth0's user ids, in which the case of letters may distinguish two users. */
const emailAddress = /^[^\s@|]+@[^\s@|]+\.[^\s@|]+$/;

/**
 * An address in the one spelling that keys are made of: an IP address as RFC 5952 writes it, a v4-mapped one as the v4
 * address it maps, and an e-mail address in small letters. Any other text stays as it is.
 */
export function oneSpelling(text: string): string {
  if (text.length > longest) return text;
  return spellAddress(text) ?? (emailAddress.test(text) ? text.toLowerCase() : text);
}
