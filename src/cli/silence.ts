import axios, { isAxiosError } from 'axios';
import { Option, type Command } from 'commander';
import { exitCodes, styled, UsageError, type CliIo, type ExitCode } from './cli-io.js';
import { parseFields } from './silence-field.js';

const timeoutMs = 30_000;

interface RouterOptions {
  readonly url: string;
  readonly token?: string;
  readonly json?: boolean;
}

interface AddOptions extends RouterOptions {
  readonly rule?: string;
  readonly field: readonly string[];
  readonly for: string;
  readonly reason: string;
  readonly author: string;
}

interface Silence {
  readonly id: string;
  readonly rule: string | null;
  readonly fields: object | null;
  readonly reason: string;
  readonly author: string;
  readonly endsAt: string;
  readonly silenced: number;
}

/** `silence`: adds, lists and removes silences of a running router. */
export function addSilence(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  const silence = program.command('silence').summary('add, list and remove silences of a running router');
  withRouter(silence.command('add'))
    .description('Keeps alerts of a rule, or of events with certain fields, from being sent for a while.')
    .option('--rule <id>', 'the rule to silence')
    .option(
      '--field <path=value>',
      'a field of the event and its text, a glob or a /pattern/, or operators as in match.fields; may be repeated',
      collect,
      [],
    )
    .requiredOption('--for <duration>', 'how long, such as 1h')
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--author <name>', 'who')
    .addHelpText(
      'after',
      `
Examples:
  $ alert-router silence add --rule failures --for 1h --reason "load test" --author alice
  $ alert-router silence add --field ip=203.0.113.9 --for 2d --reason "known scanner" --author bob
  $ alert-router silence add --field 'user_name=*@example.com' --for 1h --reason "load test" --author alice
  $ alert-router silence add --field 'ip={ cidr: 203.0.113.0/24 }' --for 1h --reason "load test" --author alice

A value that is no text is written as a list: --field 'details.response.statusCode=[200]'.`,
    )
    .action(async (options: AddOptions) => end(await add(options, io)));
  withRouter(silence.command('list'))
    .description('Lists the silences in force.')
    .action(async (options: RouterOptions) => end(await list(options, io)));
  withRouter(silence.command('remove'))
    .description('Ends a silence before its time.')
    .argument('<id>', 'the id that add or list shows')
    .action(async (id: string, options: RouterOptions) => end(await remove(id, options, io)));
}

function withRouter(command: Command): Command {
  return command
    .addOption(new Option('--url <url>', 'the router').default('http://localhost:3000'))
    .addOption(new Option('--token <token>', 'the admin token').env('ADMIN_TOKEN'))
    .option('--json', 'print what the router answers');
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

async function add({ rule, field, reason, author, ...options }: AddOptions, io: CliIo): Promise<ExitCode> {
  const fields = parseFields(field);
  const body = {
    ...(rule !== undefined && { rule }),
    ...(field.length > 0 && { fields }),
    for: options.for,
    reason,
    author,
  };
  return show(
    await call(options, 'POST', '', body),
    options,
    io,
    (answer) => `silenced for ${options.for}: ${(answer as Silence).id}`,
  );
}

async function list(options: RouterOptions, io: CliIo): Promise<ExitCode> {
  return show(await call(options, 'GET', '?limit=1000'), options, io, (answer) => {
    const { items } = answer as { items: readonly Silence[] };
    if (items.length === 0) return 'nothing is silenced';
    return items
      .map(({ id, rule, fields, reason, author, endsAt, silenced }) => {
        const what = [rule, fields && JSON.stringify(fields)].filter(Boolean).join(' ');
        return `${id}  ${what}  until ${endsAt}  ${silenced} silenced  ${author}: ${reason}`;
      })
      .join('\n');
  });
}

async function remove(id: string, options: RouterOptions, io: CliIo): Promise<ExitCode> {
  return show(await call(options, 'DELETE', `/${encodeURIComponent(id)}`), options, io, () => `ended ${id}`);
}

type Answer = { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly why: string };

async function call(
  { url, token }: RouterOptions,
  method: string,
  path: string,
  data?: object,
): Promise<Answer> {
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw new UsageError(`--url ${url} is no http(s) URL`);
  if (token === undefined) throw new UsageError('give the admin token with --token or ADMIN_TOKEN');
  const address = `${url.replace(/\/+$/, '')}/admin/silences${path}`;
  const headers = { authorization: `Bearer ${token}`, ...(data && { 'content-type': 'application/json' }) };
  try {
    const answer = await axios.request<unknown>({
      url: address,
      method,
      // Written here, since axios would leave out a field of the name __proto__.
      data: data && JSON.stringify(data),
      headers,
      timeout: timeoutMs,
      validateStatus: () => true,
    });
    if (answer.status < 300) return { ok: true, body: answer.data };
    const { detail, errors } = (answer.data ?? {}) as {
      detail?: string;
      errors?: readonly { message: string; hint: string }[];
    };
    const more = (errors ?? []).map(({ message, hint }) => `\n  ${message}: ${hint}`).join('');
    return { ok: false, why: `the router answered ${answer.status}: ${detail ?? ''}${more}` };
  } catch (error) {
    if (!isAxiosError(error)) throw error;
    return { ok: false, why: `${url} does not answer: ${error.code ?? error.message}` };
  }
}

function show(
  answer: Answer,
  { json }: RouterOptions,
  io: CliIo,
  readable: (body: unknown) => string,
): ExitCode {
  if (!answer.ok) {
    io.err(styled(io, 'red', answer.why));
    return exitCodes.detections;
  }
  io.out(
    json === true ? JSON.stringify(answer.body === '' ? {} : answer.body, null, 2) : readable(answer.body),
  );
  return exitCodes.fine;
}
