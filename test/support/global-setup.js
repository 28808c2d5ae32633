import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Prepares what the tests of one run share. */
// Jest takes a default export only.
// oxlint-disable-next-line import/no-default-export
export default function beginRun({ testPathPatterns: { patterns } }) {
  chooseSeed();
  // A run that names other tests only does without the build.
  if (patterns.length === 0 || patterns.some((pattern) => pattern.includes('e2e'))) ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'alert-router-run-'));
  // An unprivileged database server has to find its own files there.
  chmodSync(folder, 0o755);
  process.env['ALERT_ROUTER_TEST_RUN'] = folder;
}

/** Random tests begin at the seed of FC_SEED, or else at one that is printed, so that a failure can be repeated. */
function chooseSeed() {
  const seed = (process.env['FC_SEED'] ||= String(randomInt(2 ** 31)));
  if (!/^\d+$/.test(seed) || Number(seed) >= 2 ** 31)
    throw new Error(`FC_SEED has to be a whole number below 2^31, not "${seed}".`);
  console.log(`The random tests' seed is ${seed}; FC_SEED=${seed} repeats them.`);
}

/** Builds dist/ once for all the tests that start the built program, if it is missing or old. */
function ensureBuilt() {
  const { status } = spawnSync(process.execPath, ['scripts/ensure-built.mjs'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the build failed');
}
