import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Prepares what the tests of one run share. */
// Jest takes a default export only.
// oxlint-disable-next-line import/no-default-export
export default function beginRun({ testPathPatterns: { patterns } }) {
  // A run that names other tests only does without the build.
  if (patterns.length === 0 || patterns.some((pattern) => pattern.includes('e2e'))) ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'alert-router-run-'));
  // An unprivileged database server has to find its own files there.
  chmodSync(folder, 0o755);
  process.env['ALERT_ROUTER_TEST_RUN'] = folder;
}

/** Builds dist/ once for all the tests that start the built program, if it is missing or old. */
function ensureBuilt() {
  const { status } = spawnSync(process.execPath, ['scripts/ensure-built.mjs'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the build failed');
}
