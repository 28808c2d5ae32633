import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, round } from './measure.js';
import { packRules } from './workload/pack.js';

const rounds = 3;
const megabytes = 40;

export interface BacktestResult {
  readonly events: number;
  /** Medians of several rounds in turn, the start of each program included. */
  readonly parseSeconds: number;
  readonly backtestSeconds: number;
  readonly eventsPerSecond: number;
  readonly backtestToParse: number;
}

/** A backtest of the shipped detection pack, against a program that reads the same file and parses each line. */
export function measureBacktest(): BacktestResult {
  const folder = mkdtempSync(join(tmpdir(), 'router-bench-backtest-'));
  try {
    const [logs, rules] = [join(folder, 'logs.jsonl'), join(folder, 'rules.yaml')];
    run('bench/generate-logs.mjs', logs, String(megabytes));
    writeFileSync(
      rules,
      packRules().replace('${SLACK_WEBHOOK_URL}', 'https://hooks.slack.com/services/T/B/x'),
    );
    const parse: number[] = [];
    const backtest: number[] = [];
    let events = 0;
    for (let turn = 0; turn < rounds; turn++) {
      parse.push(run('bench/parse-logs.mjs', logs).seconds);
      const { seconds, output } = run('dist/cli.js', 'backtest', logs, '--rules', rules, '--json');
      backtest.push(seconds);
      events = (JSON.parse(output) as { readonly events: number }).events;
    }
    return {
      events,
      parseSeconds: round(median(parse)),
      backtestSeconds: round(median(backtest)),
      eventsPerSecond: round(events / median(backtest), 0),
      backtestToParse: round(median(backtest.map((seconds, turn) => seconds / (parse[turn] ?? NaN)))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(
  script: string,
  ...args: readonly string[]
): { readonly seconds: number; readonly output: string } {
  const started = performance.now();
  const output = execFileSync(process.execPath, [script, ...args], { encoding: 'utf8', stdio: 'pipe' });
  return { seconds: (performance.now() - started) / 1_000, output };
}
