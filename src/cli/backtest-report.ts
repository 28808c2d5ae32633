import type { Changed, Comparison } from '../replay/compare.js';
import type { Tallies, Tally } from '../replay/tally.js';
import { styled, type CliIo } from './cli-io.js';
import { printable, table } from './printable.js';

/** The results of a backtest. */
export interface BacktestReport {
  readonly events: number;
  readonly after: Tallies;
  /** With the older rules, if there are any to compare with. */
  readonly before?: { readonly tallies: Tallies; readonly comparison: Comparison };
}

export function jsonReport({ events, after, before }: BacktestReport): object {
  const rules = mapped(after.rules, ({ matched, alerts, messages }) => ({ matched, alerts, messages }));
  const channels = mapped(after.channels, ({ alerts, messages }) => ({ alerts, messages }));
  if (before === undefined) return { events, rules, channels };
  const { added, removed } = before.comparison;
  return { events, rules, channels, added: counted(added), removed: counted(removed) };
}

function counted(changes: readonly Changed[]): object[] {
  return changes.map(({ rule, channel, count, samples }) => ({
    rule,
    channel,
    alerts: count,
    samples: samples.map(({ at, title }) => ({ at: timeOf(at), title })),
  }));
}

export function reportLines({ events, after, before }: BacktestReport, io: CliIo): string[] {
  const lines = [
    `${events} events`,
    '',
    ...withBoldHead(
      table(
        ['rule', 'matched', 'alerts', 'messages', 'busiest hour', 'most often'],
        [...after.rules].map(([id, tally]) => [
          id,
          tally.matched,
          tally.alerts,
          tally.messages,
          ...detailsOf(tally),
        ]),
      ),
      io,
    ),
    '',
    ...withBoldHead(
      table(
        ['channel', 'alerts', 'messages', 'busiest hour', 'most often'],
        [...after.channels].map(([name, tally]) => [name, tally.alerts, tally.messages, ...detailsOf(tally)]),
      ),
      io,
    ),
  ];
  return before === undefined ? lines : [...lines, '', ...comparisonLines(before, after, io)];
}

function comparisonLines(
  { tallies, comparison: { added, removed } }: Required<BacktestReport>['before'],
  after: Tallies,
  io: CliIo,
): string[] {
  const changed = [...new Set([...tallies.channels.keys(), ...after.channels.keys()])].flatMap((name) => {
    const [was, is] = [tallies.channels.get(name)?.messages ?? 0, after.channels.get(name)?.messages ?? 0];
    return was === is ? [] : [`${name}: ${was} messages before, ${is} after`];
  });
  if (added.length === 0 && removed.length === 0 && changed.length === 0)
    return ['The change makes no difference.'];
  return [
    ...added.flatMap((change) => changeLines(styled(io, 'green', '+'), change)),
    ...removed.flatMap((change) => changeLines(styled(io, 'red', '-'), change)),
    ...changed,
  ];
}

function changeLines(mark: string, { rule, channel, count, samples }: Changed): string[] {
  const more = count > samples.length ? ['      …'] : [];
  return [
    `${mark} ${count} ${count === 1 ? 'alert' : 'alerts'} of ${rule} to ${channel}`,
    ...samples.map(({ at, title }) => `      ${timeOf(at)} ${printable(title)}`),
    ...more,
  ];
}

function detailsOf({ busiestHour, topKeys }: Tally): string[] {
  return [
    busiestHour === undefined ? '' : `${timeOf(busiestHour.hour).slice(0, 16)}Z (${busiestHour.alerts})`,
    topKeys.map(([key, count]) => `${printable(key)} (${count})`).join(', '),
  ];
}

function withBoldHead([head = '', ...rows]: readonly string[], io: CliIo): string[] {
  return [styled(io, 'bold', head), ...rows];
}

function mapped(tallies: ReadonlyMap<string, Tally>, view: (tally: Tally) => object): object {
  return Object.fromEntries([...tallies].map(([name, tally]) => [name, view(tally)]));
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}
