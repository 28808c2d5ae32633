import { Option, type Command } from 'commander';
import type { PullStart } from '../auth0/pull-logs.js';
import { isIsoDate, readIsoDate } from '../config/auth0-settings.js';
import { parseDuration } from '../domain/duration.js';
import { UsageError } from './cli-io.js';
import { printable } from './printable.js';

export interface RangeOptions {
  readonly from?: string;
  readonly to?: string;
}

export function withRange(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--from <when>',
        'a date (2026-11-01, 2026-11-01T08:00:00Z; UTC where it has no zone), a time ago (-7d, -12h), or the log_id of an event to go on after',
      ),
    )
    .addOption(new Option('--to <when>', 'a date or a time ago; events before it are read (default: now)'));
}

/** @throws UsageError */
export function rangeStart(from: string, now: number): PullStart {
  const at = momentOf(from, now);
  if (at !== undefined) return { kind: 'date', at };
  if (/^[A-Za-z0-9_]{10,255}$/.test(from)) return { kind: 'after', logId: from };
  throw new UsageError(
    `--from ${printable(from)}: write a date such as 2026-11-01, a time ago such as -7d, or a log_id`,
  );
}

/** In ms since the epoch. @throws UsageError */
export function rangeEnd(to: string | undefined, now: number): number {
  const at = to === undefined ? now : momentOf(to, now);
  if (at !== undefined) return at;
  throw new UsageError(
    `--to ${printable(to ?? '')}: write a date such as 2026-11-08, or a time ago such as -1d`,
  );
}

function momentOf(text: string, now: number): number | undefined {
  const ago = /^-(\w+)$/.exec(text)?.[1];
  const ms = ago === undefined ? undefined : parseDuration(ago);
  if (ms !== undefined) return now - ms;
  const at = isIsoDate(text) ? readIsoDate(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
