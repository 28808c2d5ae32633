import { stat } from 'node:fs/promises';

/**
 * For each path a text that changes when the file does, however it is replaced: written in place, renamed over, or reached
 * through a symbolic link that now leads elsewhere. A file that isn't there counts too.
 */
export async function filesFingerprints(paths: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const prints = [...paths].map(async (path) => [path, await fingerprint(path)] as const);
  return new Map(await Promise.all(prints));
}

async function fingerprint(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true });
    return `${dev} ${ino} ${size} ${mtimeNs}`;
  } catch {
    return 'absent';
  }
}
