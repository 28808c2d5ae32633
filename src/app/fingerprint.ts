import { createHash } from 'node:crypto';

/** A short text that identifies a long one. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
