import { createHash, timingSafeEqual } from 'node:crypto';
import { withoutScheme } from '../config/admin-tokens.js';

/** Says whether an Authorization header is right. */
export type TokenCheck = (header: string | undefined) => boolean;

/** A check for any of some tokens, with or without `Bearer ` before it. It takes the same time whichever of the tokens a header is, and however much of one it has right. */
export function tokenCheck(tokens: readonly string[]): TokenCheck {
  const expected = tokens.map(digest);
  return (header) => {
    if (header === undefined) return false;
    const bare = withoutScheme(header);
    // A token may have been set with its scheme.
    const given = bare === header ? [digest(header)] : [digest(header), digest(bare)];
    let accepted = false;
    for (const one of expected) {
      for (const candidate of given) accepted = timingSafeEqual(candidate, one) || accepted;
    }
    return accepted;
  };
}

/** A check for one token that is sent as a bearer. The token may have been set with its scheme. */
export function bearerCheck(token: string): TokenCheck {
  const expected = digest(withoutScheme(token));
  return (header) => {
    const given = /^Bearer +(.+)$/i.exec(header ?? '')?.[1];
    return given !== undefined && timingSafeEqual(digest(given), expected);
  };
}

/** Digests have one length, which timingSafeEqual requires and which hides the token's own. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
