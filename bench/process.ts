import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { round } from './measure.js';
import { reloadRules, startRouter, writeRules } from './router.js';

const starts = 3;
const backtestMb = 20;
/** Nothing is posted here. */
const nowhere = 'http://127.0.0.1:9/';

export interface ProcessResult {
  /** Of several starts with 200 rules, the fastest, from the start of the process to listening. */
  readonly startMs: number;
  /** Resident memory one second after it listens, without any load. */
  readonly idleMemoryMb: number | undefined;
  /** The same after five seconds. */
  readonly idleMemoryAfter5sMb: number | undefined;
  /** A reload from 10 rules to 1,000, asked for over HTTP. */
  readonly reloadMs: number;
  /** The shipped rules over generated JSON Lines, the start of the program included. */
  readonly backtestMbPerSecond: number;
}

export async function measureProcess(): Promise<ProcessResult> {
  const times: number[] = [];
  let idleMemoryMb: number | undefined;
  let idleMemoryAfter5sMb: number | undefined;
  for (let start = 0; start < starts; start++) {
    const router = await startRouter({ rules: 200, slackUrl: nowhere });
    times.push(router.startMs);
    if (start === starts - 1) {
      await wait(1_000);
      idleMemoryMb = router.memory();
      await wait(4_000);
      idleMemoryAfter5sMb = router.memory();
    }
    await router.stop();
  }
  return {
    startMs: round(Math.min(...times), 0),
    idleMemoryMb,
    idleMemoryAfter5sMb,
    reloadMs: round(await reload(), 0),
    backtestMbPerSecond: round(backtest(), 1),
  };
}

async function reload(): Promise<number> {
  const router = await startRouter({ rules: 10, slackUrl: nowhere });
  try {
    writeRules(router.folder, 1_000);
    const started = performance.now();
    await reloadRules(router);
    return performance.now() - started;
  } finally {
    await router.stop();
  }
}

function backtest(): number {
  const folder = mkdtempSync(join(tmpdir(), 'router-bench-'));
  try {
    const file = join(folder, 'logs.jsonl');
    execFileSync(process.execPath, ['bench/generate-logs.mjs', file, String(backtestMb)]);
    const started = performance.now();
    execFileSync(process.execPath, ['dist/cli.js', 'backtest', file, '--json'], { stdio: 'pipe' });
    return backtestMb / ((performance.now() - started) / 1000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
