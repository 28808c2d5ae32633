import { SingleBar } from 'cli-progress';
import { Option, type Command } from 'commander';
import { Backtest } from '../replay/backtest.js';
import { Comparison } from '../replay/compare.js';
import { ExportCounts } from '../replay/read-events.js';
import { jsonReport, reportLines } from './backtest-report.js';
import { SequentialIds } from '../replay/sequential-ids.js';
import { exitCodes, styled, type CliIo, type ExitCode } from './cli-io.js';
import { eventsIn, openInput, skippedWarnings } from './input.js';
import { defaultRules, loadForCli, refuseRules } from './load-for-cli.js';

/** How many events go through before what came of them is counted and cleared away. */
const collectEvery = 10_000;

interface BacktestOptions {
  readonly rules: string;
  readonly compare?: string;
  readonly json?: boolean;
}

/** `backtest`: what rules would have made of past events. */
export function addBacktest(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  program
    .command('backtest')
    .summary('say what past events would have alerted')
    .description(
      'Runs an export of past events through the rules, with the clock at their dates, and says for each rule and channel what it would have posted. Files of any size are read in constant memory.',
    )
    .argument(
      '<logs>',
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
  $ cat logs-*.jsonl.gz | alert-router backtest - --json

matched: events that the rule's match held for, each once. alerts: what was worth reporting of them, after windows;
throttled ones count, as a later message reports them. messages: what would have been posted, after throttles and groups.`,
    )
    .action(async (file: string, options: BacktestOptions) => end(await backtest(file, options, io)));
}

async function backtest(
  file: string,
  { rules, compare, json }: BacktestOptions,
  io: CliIo,
): Promise<ExitCode> {
  const loaded = await loadForCli(rules, io);
  if (!loaded.ok) return refuseRules(loaded, json, io);
  const older = compare === undefined ? undefined : await loadForCli(compare, io);
  if (older?.ok === false) return refuseRules(older, json, io);

  const input = await openInput(file, io);
  const ids = new SequentialIds();
  const after = new Backtest(loaded.rules, ids);
  const before = older && new Backtest(older.rules, ids);
  const comparison = new Comparison();
  const counts = new ExportCounts();
  const bar = startBar(input.size, io);
  try {
    let collected = 0;
    const collect = async (): Promise<void> => {
      const raised = await after.collect();
      if (before !== undefined) comparison.take(await before.collect(), raised);
      collected = counts.events;
    };
    for await (const { events, bytes } of eventsIn(input, file, counts)) {
      await after.feed(events);
      await before?.feed(events);
      if (counts.events - collected >= collectEvery) await collect();
      bar?.update(Math.round(bytes / 1024 / 1024), { events: counts.events });
    }
    await collect();
    after.finish();
    before?.finish();
  } finally {
    bar?.stop();
  }
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

function startBar(size: number | undefined, io: CliIo): SingleBar | undefined {
  if (!io.progress || size === undefined) return undefined;
  const format = '{bar} {percentage}% | {value} of {total} MB | {events} events';
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true, hideCursor: true });
  bar.start(Math.max(1, Math.round(size / 1024 / 1024)), 0, { events: 0 });
  return bar;
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
