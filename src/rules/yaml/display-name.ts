import { relative } from 'node:path';

/** How problems name a file: from the current folder where it lies below that, otherwise by its absolute path. */
export function displayName(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}
