import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Builds dist/ once for all the tests that start the built program, if it is missing or old. A run that names other
 * tests only does without.
 */
// Jest takes a default export only.
// oxlint-disable-next-line import/no-default-export
export default function ensureBuilt({ testPathPatterns: { patterns } }) {
  if (patterns.length > 0 && !patterns.some((pattern) => pattern.includes('e2e'))) return;
  const { status } = spawnSync(process.execPath, ['scripts/ensure-built.mjs'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the build failed');
}
