import { createHmac, hash } from 'node:crypto';
import type { Fingerprint } from '../domain/windows/window-key.js';

/**
 * With a key the fingerprints are HMAC-SHA256, which says nothing of the text to whoever has no key; without one they are
 * plain SHA-256, which a guess can be compared with.
 */
export function fingerprintWith(
  key: string | undefined,
  encoding: 'base64url' | 'hex' = 'base64url',
): Fingerprint {
  return key === undefined
    ? (text) => hash('sha256', text, encoding)
    : (text) => createHmac('sha256', key).update(text).digest(encoding);
}

/** A short text that identifies a long one, the same in every installation. */
export const fingerprint = fingerprintWith(undefined);
