import { Option, type Command } from 'commander';
import { applyPlan, planFor, type ConnectPlan } from '../auth0/connect-plan.js';
import { newStream, type WantedStream } from '../auth0/connect-stream.js';
import type { LogStream } from '../auth0/log-stream.js';
import { neededEvents } from '../auth0/stream-filters.js';
import { exitCodes, styled, UsageError, type CliIo, type ExitCode } from './cli-io.js';
import { connectLines, connectNotes } from './connect-report.js';
import { variableOrFile } from './environment-variable.js';
import { defaultRules, loadForCli, refuseRules } from './load-for-cli.js';
import { printable } from './printable.js';
import { failureText, namesTenant, tenantApi } from './tenant-access.js';

interface ConnectOptions {
  readonly rules: string;
  readonly publicUrl?: string;
  readonly priority: boolean;
  readonly apply?: boolean;
  readonly showToken?: boolean;
  readonly json?: boolean;
}

/** `connect auth0`: the log stream that sends to the router. */
export function addConnect(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  const connect = program.command('connect').summary("create the tenant's log stream, or show what it lacks");
  connect
    .command('auth0')
    .summary("create the tenant's log stream, or show what it lacks")
    .description(
      'Prints the log stream that sends to the router what its rules need; with --apply it is created, or an existing one is changed. Nothing is deleted. Exits with 1 as long as the stream in Auth0 is another.',
    )
    .addOption(new Option('--rules <file>', 'the rules file').default(defaultRules))
    .option('--public-url <url>', 'where Auth0 reaches the router, without /api/logs (default: PUBLIC_URL)')
    .option('--apply', 'create the stream, or change what is shown to differ')
    .option('--no-priority', 'make an ordinary stream, also where a prioritised one sends all that is needed')
    .option('--show-token', 'print the token, too')
    .option('--json', 'print {action, applied, id, stream, differences, why}')
    .addHelpText(
      'after',
      `
Examples:
  $ alert-router connect auth0 --public-url https://alerts.example.com
  $ AUTH0_LOG_STREAM_TOKEN=secret PUBLIC_URL=https://alerts.example.com alert-router connect auth0 --apply

AUTH0_DOMAIN, AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET name an application with the scopes read:log_streams and, for
--apply, create:log_streams and update:log_streams. Without them the stream is printed, to be created by hand.`,
    )
    .action(async (options: ConnectOptions) => end(await connectAuth0(options, io)));
}

async function connectAuth0(options: ConnectOptions, io: CliIo): Promise<ExitCode> {
  const { rules: file, apply = false, json, showToken = false } = options;
  const loaded = await loadForCli(file, io);
  if (!loaded.ok) return refuseRules(loaded, json, io);
  const { rules, heartbeatMs } = loaded.rules;
  const events = neededEvents(rules);
  if (events.kind === 'none') throw new UsageError(`${file} has no rule that needs an event`);
  const wanted: WantedStream = {
    endpoint: endpointOf(options.publicUrl ?? io.environment['PUBLIC_URL']),
    tokens: tokensIn(io),
    events,
    mayBePriority: options.priority,
  };
  if (apply && wanted.tokens.length === 0)
    throw new UsageError('set AUTH0_LOG_STREAM_TOKEN to the token that the router takes');
  const api = apply || namesTenant(io.environment) ? tenantApi(io) : undefined;

  const streams = await api?.logStreams();
  if (streams !== undefined && streams.kind !== 'ok') return refused(failureText(streams), io);
  const plan = planFor(wanted, streams?.value ?? []);
  const report = { plan, looked: api !== undefined, apply, showToken, heartbeatMs };
  const show = json === true ? io.err : io.out;
  for (const line of connectLines(report, io)) show(line);
  for (const note of connectNotes(report)) io.err(styled(io, 'yellow', note));

  const made = api !== undefined && apply ? await applyPlan(api, plan) : undefined;
  if (made !== undefined && made.kind !== 'ok') return refused(failureText(made), io);
  if (made !== undefined)
    show(
      styled(io, 'green', `${plan.action === 'create' ? 'created' : 'changed'} ${printable(made.value.id)}`),
    );
  if (json === true) io.out(JSON.stringify(jsonOf(plan, showToken, made?.value), null, 2));
  const isLeft =
    (plan.action === 'create' && made === undefined) ||
    plan.differences.some(({ change }) => change === undefined || made === undefined);
  return api !== undefined && isLeft ? exitCodes.findings : exitCodes.fine;
}

function jsonOf(
  { wanted, existing, differences, action }: ConnectPlan,
  showToken: boolean,
  made: LogStream | undefined,
): object {
  return {
    action,
    applied: made !== undefined,
    id: (made ?? existing)?.id,
    stream: showToken ? newStream(wanted) : newStream(wanted, '…'),
    differences: differences.map(({ field, is, wanted: should }) => ({ field, is, wanted: should })),
    why: wanted.events,
  };
}

function endpointOf(url: string | undefined): string {
  if (url === undefined || url.trim() === '')
    throw new UsageError('say where Auth0 reaches the router, with --public-url or PUBLIC_URL');
  const base = url
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/api\/logs$/, '');
  if (!URL.canParse(base) || !/^https?:\/\//.test(base) || /[?#]/.test(base))
    throw new UsageError('the public URL must be an http(s) URL, such as https://alerts.example.com');
  return `${base}/api/logs`;
}

function tokensIn({ environment }: CliIo): readonly string[] {
  return (variableOrFile(environment, 'AUTH0_LOG_STREAM_TOKEN', refuse) ?? '')
    .split(',')
    .map((token) => token.trim())
    .filter((token) => token !== '');
}

function refuse(problem: string): never {
  throw new UsageError(problem);
}

function refused(why: string, io: CliIo): ExitCode {
  io.err(styled(io, 'red', why));
  return exitCodes.findings;
}
