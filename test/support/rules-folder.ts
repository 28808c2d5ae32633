import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadRules, type LoadResult } from '../../src/rules/load-rules.js';

/** Loads `rules.yaml` out of a folder with these files, which is gone afterwards. */
export async function loadFolder(
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
): Promise<LoadResult> {
  const folder = await mkdtemp(join(tmpdir(), 'alert-router-rules-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    return await loadRules(join(folder, 'rules.yaml'), { variables, redactKey: variables['REDACT_KEY'] });
  } finally {
    await rm(folder, { recursive: true });
  }
}
