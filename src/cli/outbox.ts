import { Option, type Command } from 'commander';
import { deliveryStates, resolutions } from '../domain/alerting/delivery-state.js';
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
  readonly state: string | null;
  readonly stateBy: string | null;
}

interface ListOptions extends RouterOptions {
  readonly limit: string;
  readonly status?: string;
  readonly state?: string;
}

const limitOption = (): Option => new Option('--limit <count>', 'the newest so many').default('50');

const stateOption = (): Option =>
  new Option('--state <state>', 'only those whose message stands so').choices(deliveryStates);

/** `alerts`: lists the newest alerts of a running router. */
export function addAlerts(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  withRouter(program.command('alerts'))
    .summary('list the newest alerts of a running router')
    .description('Lists the newest alerts of a running router: what was decided about each, and why.')
    .addOption(stateOption())
    .addOption(limitOption())
    .action(async (options: ListOptions) => end(await alerts(options, io)));
}

/** `deliveries`: lists the messages of a running router, and sends dead ones again. */
export function addDeliveries(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  const deliveries = program
    .command('deliveries')
    .summary('list the messages of a running router, acknowledge and resolve them, and send dead ones again');
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
    .addOption(stateOption())
    .addOption(limitOption())
    .action(async (options: ListOptions) => end(await list(options, io)));
  addStateChanges(deliveries, io, end);
  withRouter(deliveries.command('replay'))
    .description('Sends a dead message again, or all of them when no id is given.')
    .argument('[id]', 'the id that list shows')
    .action(async (id: string | undefined, options: RouterOptions) => end(await replay(id, options, io)));
}

interface StateOptions extends RouterOptions {
  readonly by?: string;
  readonly as?: string;
  readonly note?: string;
}

function addStateChanges(deliveries: Command, io: CliIo, end: (code: ExitCode) => void): void {
  const change = (action: string, description: string): Command =>
    withRouter(deliveries.command(action))
      .description(description)
      .argument('<id>', 'the id that list shows')
      .option('--by <name>', 'who; needed unless the token has a name')
      .action(async (id: string, options: StateOptions) => end(await changeState(action, id, options, io)));
  change('acknowledge', 'Says that somebody looks at a message of alerts.');
  change('resolve', 'Says what a message of alerts turned out to be.')
    .addOption(new Option('--as <resolution>', 'what it was').choices(resolutions).makeOptionMandatory())
    .option('--note <text>', 'more about it');
  change('reopen', 'Takes an acknowledgement or a resolution back.');
}

function changeState(
  action: string,
  id: string,
  { by, as, note, ...options }: StateOptions,
  io: CliIo,
): Promise<ExitCode> {
  const path = `deliveries/${encodeURIComponent(id)}/${action}`;
  const shown = ({ state, stateBy }: Delivery): string =>
    printable(`${id} is ${state ?? 'open'}${stateBy === null ? '' : `, by ${stateBy}`}`);
  return callAdmin<Delivery>(options, io, 'POST', path, shown, { by, as, note });
}

function alerts({ limit, state, ...options }: ListOptions, io: CliIo): Promise<ExitCode> {
  const path = `alerts?limit=${encodeURIComponent(limit)}${filter('state', state)}`;
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

function list({ limit, status, state, ...options }: ListOptions, io: CliIo): Promise<ExitCode> {
  const wanted = `${filter('status', status)}${filter('state', state)}`;
  const path = `deliveries?limit=${encodeURIComponent(limit)}${wanted}`;
  return callAdmin<{ items: readonly Delivery[] }>(options, io, 'GET', path, ({ items }) =>
    listed(
      ['id', 'created', 'channel', 'status', 'state', 'attempts', 'last error'],
      items.map((item) => [
        item.id,
        item.createdAt,
        item.channel,
        item.status,
        item.state ?? '',
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

function filter(name: string, value: string | undefined): string {
  return value === undefined ? '' : `&${name}=${value}`;
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
