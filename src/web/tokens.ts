import { createHash, timingSafeEqual } from 'node:crypto';

/** Says whether an Authorization header is one of some tokens, with or without `Bearer ` before it. */
export type TokenCheck = (header: string | undefined) => boolean;

/** A check that takes the same time whichever of the tokens a header is, and however much of one it has right. */
export function tokenCheck(tokens: readonly string[]): TokenCheck {
  const expected = tokens.map(digest);
  return (header) => {
    if (header === undefined) return false;
    const bare = header.replace(/^Bearer\s+/i, '');
    // A token may have been set with its scheme.
    const given = bare === header ? [digest(header)] : [digest(header), digest(bare)];
    let accepted = false;
    for (const one of expected) {
      for (const candidate of given) accepted = timingSafeEqual(candidate, one) || accepted;
    }
    return accepted;
  };
}

/** Digests have one length, which timingSafeEqual wants and which hides the token's own. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
