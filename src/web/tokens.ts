import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether an Authorization header is one of the tokens, with or without `Bearer ` before it. Takes the same time whichever. */
export function acceptsToken(header: string | undefined, tokens: readonly string[]): boolean {
  if (header === undefined) return false;
  const given = [digest(header), digest(header.replace(/^Bearer\s+/i, ''))];
  let accepted = false;
  for (const token of tokens) {
    const expected = digest(token);
    for (const candidate of given) accepted = timingSafeEqual(candidate, expected) || accepted;
  }
  return accepted;
}

/** Digests have one length, which timingSafeEqual wants and which hides the token's own. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
