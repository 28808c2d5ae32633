import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Makes a folder for what the tests of one run share, in which an unprivileged database server can find its own, and
 * builds dist/ once for all the tests that start the built program, if it is missing or old. A run that names other
 * tests only does without.
 */
// Jest takes a default export only.
// oxlint-disable-next-line import/no-default-export
export default function beginRun({ testPathPatterns: { patterns } }) {
  const folder = mkdtempSync(join(tmpdir(), 'alert-router-run-'));
  chmodSync(folder, 0o755);
  process.env['ALERT_ROUTER_TEST_RUN'] = folder;
  if (patterns.length > 0 && !patterns.some((pattern) => pattern.includes('e2e'))) return;
  const { status } = spawnSync(process.execPath, ['scripts/ensure-built.mjs'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the build failed');
}
