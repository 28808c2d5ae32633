import { Option, type Command } from 'commander';
import type { CliIo, ExitCode } from './cli-io.js';
import { printable, table } from './printable.js';
import { callAdmin, withRouter, type RouterOptions } from './router-client.js';

interface Alert {
  readonly id: string;
  readonly rule: string;
  readonly channel: string;
  readonly severity: string;
  readonly at: string;
  readonly title: string;
  readonly reason: string;
}

interface Delivery {
  readonly id: string;
  readonly channel: string;
  readonly status: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: string;
}

interface ListOptions extends RouterOptions {
  readonly limit: string;
  readonly status?: string;
}

const limitOption = (): Option => new Option('--limit <count>', 'the newest so many').default('50');

/** `alerts`: lists the newest alerts of a running router. */
export function addAlerts(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  withRouter(program.command('alerts'))
    .summary('list the newest alerts of a running router')
    .description('Lists the newest alerts of a running router: what was decided about each, and why.')
    .addOption(limitOption())
    .action(async (options: ListOptions) => end(await alerts(options, io)));
}

/** `deliveries`: lists the messages of a running router, and sends dead ones again. */
export function addDeliveries(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  const deliveries = program
    .command('deliveries')
    .summary('list the messages of a running router, and send dead ones again');
  withRouter(deliveries.command('list', { isDefault: true }))
    .description('Lists the newest messages of a running router.')
    .addOption(
      new Option('--status <status>', 'only these').choices([
        'pending',
        'retrying',
        'held',
        'delivered',
        'dead',
      ]),
    )
    .addOption(limitOption())
    .action(async (options: ListOptions) => end(await list(options, io)));
  withRouter(deliveries.command('replay'))
    .description('Sends a dead message again, or all of them when no id is given.')
    .argument('[id]', 'the id that list shows')
    .action(async (id: string | undefined, options: RouterOptions) => end(await replay(id, options, io)));
}

function alerts({ limit, ...options }: ListOptions, io: CliIo): Promise<ExitCode> {
  const path = `alerts?limit=${encodeURIComponent(limit)}`;
  return callAdmin<{ items: readonly Alert[] }>(options, io, 'GET', path, ({ items }) =>
    listed(
      ['at', 'severity', 'reason', 'rule', 'channel', 'title'],
      items.map(({ at, severity, reason, rule, channel, title }) => [
        at,
        severity,
        reason,
        rule,
        channel,
        title,
      ]),
      'there are no alerts',
    ),
  );
}

function list({ limit, status, ...options }: ListOptions, io: CliIo): Promise<ExitCode> {
  const wanted = status === undefined ? '' : `&status=${status}`;
  const path = `deliveries?limit=${encodeURIComponent(limit)}${wanted}`;
  return callAdmin<{ items: readonly Delivery[] }>(options, io, 'GET', path, ({ items }) =>
    listed(
      ['id', 'created', 'channel', 'status', 'attempts', 'last error'],
      items.map((item) => [
        item.id,
        item.createdAt,
        item.channel,
        item.status,
        item.attempts,
        item.lastError ?? '',
      ]),
      'there are no messages',
    ),
  );
}

function replay(id: string | undefined, options: RouterOptions, io: CliIo): Promise<ExitCode> {
  if (id !== undefined) {
    const path = `deliveries/${encodeURIComponent(id)}/replay`;
    return callAdmin(options, io, 'POST', path, () => `${id} waits to be sent again`);
  }
  return callAdmin<{ replayed: number }>(
    options,
    io,
    'POST',
    'deliveries/replay',
    ({ replayed }) => `${replayed} dead messages wait to be sent again`,
  );
}

function listed(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  none: string,
): string {
  if (rows.length === 0) return none;
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? printable(cell) : cell)));
  return table(head, cells).join('\n');
}
