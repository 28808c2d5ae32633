import type { Command } from 'commander';
import type { CliIo, ExitCode } from './cli-io.js';
import { printable, table } from './printable.js';
import { callAdmin, withRouter, type RouterOptions } from './router-client.js';

interface Channel {
  readonly name: string;
  readonly kind: string | null;
  readonly state: string;
  readonly why: string | null;
  readonly waiting: number;
}

/** `channels`: shows the channels of a running router, tests one, and ends its pause. */
export function addChannels(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  const channels = program
    .command('channels')
    .summary('show the channels of a running router, test one, and end its pause');
  withRouter(channels.command('list', { isDefault: true }))
    .description('Shows every channel: whether it is ok, held or paused, why, and how many messages wait.')
    .action(async (options: RouterOptions) => end(await list(options, io)));
  withRouter(channels.command('test'))
    .description('Posts a test message to a channel, by the way that alerts take.')
    .argument('<name>', 'the channel in the rules file')
    .action(async (name: string, options: RouterOptions) => end(await test(name, options, io)));
  withRouter(channels.command('resume'))
    .description('Ends the pause or hold of a channel, so that what waits is sent.')
    .argument('<name>', 'the channel in the rules file')
    .action(async (name: string, options: RouterOptions) => end(await resume(name, options, io)));
}

function list(options: RouterOptions, io: CliIo): Promise<ExitCode> {
  return callAdmin<{ items: readonly Channel[] }>(options, io, 'GET', 'channels', ({ items }) =>
    table(
      ['channel', 'kind', 'state', 'waiting', 'why'],
      items.map(({ name, kind, state, waiting, why }) => [
        name,
        kind ?? 'removed',
        state,
        waiting,
        printable(why ?? ''),
      ]),
    ).join('\n'),
  );
}

function test(name: string, options: RouterOptions, io: CliIo): Promise<ExitCode> {
  const path = `channels/${encodeURIComponent(name)}/test`;
  return callAdmin<{ deliveryId: string }>(
    options,
    io,
    'POST',
    path,
    ({ deliveryId }) => `a test message waits to be posted to ${name}: ${deliveryId}`,
  );
}

function resume(name: string, options: RouterOptions, io: CliIo): Promise<ExitCode> {
  const path = `channels/${encodeURIComponent(name)}/resume`;
  return callAdmin<Channel>(options, io, 'POST', path, ({ state }) => `the channel ${name} is ${state}`);
}
