import { stat } from 'node:fs/promises';

/**
 * A text that changes when any of the files does, however it is replaced: written in place, renamed over, or reached
 * through a symbolic link that now leads elsewhere. A file that isn't there counts too.
 */
export async function filesFingerprint(files: Iterable<string>): Promise<string> {
  const prints = await Promise.all(
    [...files].sort().map(async (path) => `${path} ${await fingerprint(path)}`),
  );
  return prints.join('\n');
}

async function fingerprint(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true });
    return `${dev} ${ino} ${size} ${mtimeNs}`;
  } catch {
    return 'absent';
  }
}
