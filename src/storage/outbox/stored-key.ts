import { createHash } from 'node:crypto';

/** An index takes keys of a few kilobytes at most, and events may bring longer ones. */
const longest = 500;

/** The key in the database: itself, or a digest of it when it is long. */
export function storedKey(key: string): string {
  return key.length <= longest ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
}
