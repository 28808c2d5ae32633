import { Option, type Command } from 'commander';
import { Backtest } from '../replay/backtest.js';
import { Comparison } from '../replay/compare.js';
import { ExportCounts } from '../replay/read-events.js';
import { jsonReport, reportLines } from './backtest-report.js';
import { SequentialIds } from '../replay/sequential-ids.js';
import { fileSource, TenantUnreadable, tenantSource, type BacktestSource } from './backtest-source.js';
import { exitCodes, styled, UsageError, type CliIo, type ExitCode } from './cli-io.js';
import { skippedWarnings } from './input.js';
import { defaultRules, loadForCli, refuseRules } from './load-for-cli.js';
import { withRange, type RangeOptions } from './log-range.js';

/** How many events go through before what came of them is counted and cleared away. */
const collectEvery = 10_000;

interface BacktestOptions extends RangeOptions {
  readonly rules: string;
  readonly compare?: string;
  readonly tenant?: boolean;
  readonly json?: boolean;
}

/** `backtest`: what rules would have made of past events. */
export function addBacktest(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  withRange(
    program
      .command('backtest')
      .option('--tenant', "read the tenant's logs through Auth0's Management API instead, as logs pull does"),
  )
    .summary('say what past events would have alerted')
    .description(
      'Runs an export of past events through the rules, with the clock at their dates, and says for each rule and channel what it would have posted. Any number of them is read in constant memory.',
    )
    .argument(
      '[logs]',
      "JSON lines or the Management API's JSON array, oldest first, packed by gzip or not; or - for the standard input",
    )
    .addOption(new Option('--rules <file>', 'the rules file').default(defaultRules))
    .option('--compare <file>', 'an older rules file; shows what the newer one adds and removes')
    .option('--json', 'print {events, rules, channels}, and with --compare {added, removed}')
    .addHelpText(
      'after',
      `
Examples:
  $ alert-router backtest logs.jsonl
  $ alert-router backtest logs.jsonl --rules new.yaml --compare rules.yaml
  $ alert-router backtest --tenant --from -7d
  $ cat logs-*.jsonl.gz | alert-router backtest - --json

matched: events that the rule's match held for, each once. alerts: what was worth reporting of them, after windows;
throttled ones count, as a later message reports them. messages: what would have been posted, after throttles and groups.`,
    )
    .action(async (file: string | undefined, options: BacktestOptions) =>
      end(await backtest(file, options, io)),
    );
}

async function backtest(file: string | undefined, options: BacktestOptions, io: CliIo): Promise<ExitCode> {
  const { rules, compare, json } = options;
  const loaded = await loadForCli(rules, io);
  if (!loaded.ok) return refuseRules(loaded, json, io);
  const older = compare === undefined ? undefined : await loadForCli(compare, io);
  if (older?.ok === false) return refuseRules(older, json, io);

  const source = await sourceOf(file, options, io);
  const ids = new SequentialIds();
  const after = new Backtest(loaded.rules, ids);
  const before = older && new Backtest(older.rules, ids);
  const comparison = new Comparison();
  const counts = new ExportCounts();
  let collected = 0;
  const collect = async (): Promise<void> => {
    const raised = await after.collect();
    if (before !== undefined) comparison.take(await before.collect(), raised);
    collected = counts.events;
  };
  try {
    for await (const { events } of source(counts)) {
      await after.feed(events);
      await before?.feed(events);
      if (counts.events - collected >= collectEvery) await collect();
    }
  } catch (error) {
    if (!(error instanceof TenantUnreadable)) throw error;
    io.err(styled(io, 'red', error.message));
    return exitCodes.findings;
  }
  await collect();
  after.finish();
  before?.finish();
  const report = {
    events: counts.events,
    after: after.tallies,
    before: before && { tallies: before.tallies, comparison },
  };
  if (json === true) io.out(JSON.stringify(jsonReport(report), null, 2));
  else for (const line of reportLines(report, io)) io.out(line);
  const forgotten = Math.max(after.forgottenKeys, before?.forgottenKeys ?? 0);
  for (const warning of warningsOf(counts, forgotten)) io.err(styled(io, 'yellow', warning));
  return exitCodes.fine;
}

/** @throws UsageError */
async function sourceOf(
  file: string | undefined,
  { tenant, from, to }: BacktestOptions,
  io: CliIo,
): Promise<BacktestSource> {
  if (tenant === true && file === undefined) return tenantSource({ from, to }, io);
  if (tenant === true) throw new UsageError('give either a file or --tenant');
  if (file === undefined)
    throw new UsageError('give a file of events, - for the standard input, or --tenant');
  if (from !== undefined || to !== undefined) throw new UsageError('--from and --to are for --tenant alone');
  return fileSource(file, io);
}

function warningsOf(counts: ExportCounts, forgottenKeys: number): string[] {
  const { outOfOrder } = counts;
  return [
    ...skippedWarnings(counts),
    ...(outOfOrder > 0
      ? [
          `${outOfOrder} events are more than an hour older than one before them: sort the export by date, oldest first`,
        ]
      : []),
    ...(forgottenKeys > 0
      ? [
          `the windows had more keys and events than fit into memory, and the ${forgottenKeys} keys used longest ago were forgotten: alerts of keys that come back may be missing. Shorten "within", or take a smaller export`,
        ]
      : []),
  ];
}
