import type { Command } from 'commander';
import { logIdOf } from '../auth0/log-page.js';
import { pullLogs, type PullStart } from '../auth0/pull-logs.js';
import type { JsonObject } from '../domain/json-value.js';
import { exitCodes, styled, UsageError, type CliIo, type ExitCode } from './cli-io.js';
import { ExportFile } from './export-file.js';
import { rangeEnd, rangeStart, withRange, type RangeOptions } from './log-range.js';
import { printable } from './printable.js';
import { PullProgress } from './pull-progress.js';
import { failureText, tenantApi } from './tenant-access.js';

interface PullOptions extends RangeOptions {
  readonly out?: string;
  readonly json?: boolean;
}

/** What a pull brought. Dates are ISO 8601 in UTC, and undefined where no event came. */
interface Pulled {
  events: number;
  first?: string;
  last?: string;
  /** The event to go on after. */
  lastLogId?: string;
}

/** `logs`: what the tenant's logs hold, through the Management API. */
export function addLogs(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  const logs = program.command('logs').summary("export the tenant's logs");
  withRange(logs.command('pull'))
    .summary("export the tenant's logs as JSON Lines, for backtest")
    .description(
      "Reads the tenant's logs through Auth0's Management API and writes them as JSON Lines. A file is continued after the last event in it. AUTH0_DOMAIN, AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET name an application that has the scope read:logs.",
    )
    .option('--out <file>', 'write to this file, or go on with it (default: the standard output)')
    .option(
      '--json',
      'print {events, first, last, lastLogId}; on the standard error where the events go to the standard output',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ alert-router logs pull --from 2026-11-01 --to 2026-11-08 --out logs.jsonl
  $ alert-router logs pull --from -7d | gzip > logs.jsonl.gz
  $ alert-router backtest logs.jsonl

After an interruption the same command with --out goes on where it was.`,
    )
    .action(async (options: PullOptions) => end(await pull(options, io)));
}

async function pull({ from, to, out, json }: PullOptions, io: CliIo): Promise<ExitCode> {
  const now = io.now();
  const asked = from === undefined ? undefined : rangeStart(from, now);
  const until = rangeEnd(to, now);
  const api = tenantApi(io);
  const file = out === undefined ? undefined : await ExportFile.open(out);
  try {
    const start = startOf(file?.last, asked);
    if (file?.last !== undefined)
      io.err(`goes on after ${printable(file.last.logId)}, the last event in ${out}`);
    const pulled: Pulled = { events: 0 };
    // On one terminal the bar and the events would be mixed up.
    const shown = file === undefined && io.colours ? { ...io, progress: false } : io;
    const progress = new PullProgress(shown, until, start.kind === 'date' ? start.at : start.since);
    let failure: string | undefined;
    try {
      for await (const step of pullLogs(api, start, until, io.wait)) {
        progress.show(step);
        if (step.kind === 'failed') failure = failureText(step.failure);
        if (step.kind !== 'events') continue;
        const lines = step.events.map((event) => JSON.stringify(event)).join('\n');
        if (file === undefined) io.out(lines);
        else await file.append(`${lines}\n`);
        count(pulled, step.events);
      }
    } finally {
      progress.stop();
    }
    const say = file === undefined ? io.err : io.out;
    say(json === true ? JSON.stringify(pulled, null, 2) : styled(io, 'green', summaryOf(pulled, out)));
    if (failure === undefined) return exitCodes.fine;
    io.err(styled(io, 'red', failure));
    io.err(howToGoOn(pulled, out));
    return exitCodes.findings;
  } finally {
    await file?.close();
  }
}

function startOf(last: ExportFile['last'], asked: PullStart | undefined): PullStart {
  if (last !== undefined)
    return { kind: 'after', logId: last.logId, ...(last.at !== undefined && { since: last.at }) };
  if (asked === undefined)
    throw new UsageError('say where to begin, such as --from -7d or --from 2026-11-01');
  return asked;
}

function count(pulled: Pulled, events: readonly JsonObject[]): void {
  pulled.events += events.length;
  for (const event of events) {
    const { date } = event;
    if (typeof date === 'string') {
      pulled.first ??= date;
      pulled.last = date;
    }
    pulled.lastLogId = logIdOf(event) ?? pulled.lastLogId;
  }
}

function summaryOf({ events, first, last }: Pulled, out: string | undefined): string {
  const span =
    first === undefined || last === undefined ? '' : `, from ${printable(first)} to ${printable(last)}`;
  return `${events} events${out === undefined ? '' : ` written to ${out}`}${span}`;
}

function howToGoOn({ lastLogId }: Pulled, out: string | undefined): string {
  if (out !== undefined) return 'the same command goes on where this one ended';
  return lastLogId === undefined
    ? 'nothing was written'
    : `--from ${printable(lastLogId)} goes on after the last event that was written`;
}
