import { createHash } from 'node:crypto';

/** SHA-256 in 43 characters. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
