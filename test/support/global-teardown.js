import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Ends the PostgreSQL server that the run may have started, and deletes what it wrote. */
// Jest takes a default export only.
// oxlint-disable-next-line import/no-default-export
export default async function endRun() {
  const folder = process.env['ALERT_ROUTER_TEST_RUN'];
  const pidFile = join(folder, 'postgres-data', 'postmaster.pid');
  if (existsSync(pidFile)) {
    // SIGQUIT: at once, without caring for the data. The file goes when the server does.
    process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGQUIT');
    for (let waited = 0; existsSync(pidFile) && waited < 10_000; waited += 10) await wait(10);
  }
  rmSync(folder, { recursive: true, force: true });
}
