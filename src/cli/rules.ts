import type { Command } from 'commander';
import { durationText } from '../domain/duration.js';
import type { CliIo, ExitCode } from './cli-io.js';
import { printable, table } from './printable.js';
import { callAdmin, withRouter, type RouterOptions } from './router-client.js';

interface Rule {
  readonly id: string;
  readonly name: string;
  readonly severity: string;
  readonly channels: readonly string[];
  readonly hits: number;
  readonly lastHit: string | null;
  readonly mode: string;
  readonly alerts: number;
  readonly states: { readonly open: number };
  readonly acknowledgedAfterMs: number | null;
  readonly falsePositiveShare: number | null;
}

interface Rules {
  readonly countedSince: string;
  readonly items: readonly Rule[];
}

interface RulesOptions extends RouterOptions {
  readonly stats?: boolean;
}

/** `rules`: lists the rules in force in a running router, or how their alerts were resolved. */
export function addRules(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  withRouter(program.command('rules'))
    .summary('list the rules of a running router, and how their alerts were resolved')
    .description(
      'Lists the rules in force in a running router, in their order. With --stats, how their alerts were resolved.',
    )
    .option('--stats', 'how their alerts were resolved, the rule with the most alerts first')
    .addHelpText(
      'after',
      `
Columns of --stats:
  alerts           that messages show, as far back as the router keeps delivered ones
  acknowledged     the share of them that somebody acknowledged or resolved
  after            how long that took: the median of their messages
  false positives  their share of the alerts that were resolved

Examples:
  $ alert-router rules
  $ alert-router rules --stats --url https://alerts.example.com`,
    )
    .action(async (options: RulesOptions) => end(await rules(options, io)));
}

function rules({ stats = false, ...options }: RulesOptions, io: CliIo): Promise<ExitCode> {
  return callAdmin<Rules>(options, io, 'GET', 'rules', stats ? statistics : list);
}

function list({ items }: Rules): string {
  if (items.length === 0) return 'there are no rules';
  return table(
    ['id', 'name', 'severity', 'channels', 'hits', 'last hit', 'mode'],
    items.map(({ id, name, severity, channels, hits, lastHit, mode }) => [
      id,
      printable(name),
      severity,
      printable(channels.join(', ')),
      hits,
      lastHit ?? '',
      mode,
    ]),
  ).join('\n');
}

function statistics({ countedSince, items }: Rules): string {
  if (items.length === 0) return 'there are no rules';
  const noisiestFirst = items.toSorted(
    (a, b) => b.alerts - a.alerts || (b.falsePositiveShare ?? 0) - (a.falsePositiveShare ?? 0),
  );
  const rows = noisiestFirst.map(({ id, alerts, states, acknowledgedAfterMs, falsePositiveShare }) => [
    id,
    alerts,
    percent(alerts === 0 ? null : (alerts - states.open) / alerts),
    acknowledgedAfterMs === null ? '' : durationText(acknowledgedAfterMs),
    percent(falsePositiveShare),
  ]);
  const head = ['rule', 'alerts', 'acknowledged', 'after', 'false positives'];
  return [...table(head, rows), '', `since ${countedSince}`].join('\n');
}

function percent(share: number | null): string {
  return share === null ? '' : `${Math.round(share * 100)}%`;
}
