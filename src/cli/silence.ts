import type { Command } from 'commander';
import type { CliIo, ExitCode } from './cli-io.js';
import { callAdmin, withRouter, type RouterOptions } from './router-client.js';
import { printable } from './printable.js';
import { parseFields } from './silence-field.js';

interface AddOptions extends RouterOptions {
  readonly rule?: string;
  readonly field: readonly string[];
  readonly severity: readonly string[];
  readonly tag: readonly string[];
  readonly owner?: string;
  readonly from?: string;
  readonly for: string;
  readonly reason: string;
  readonly author: string;
}

interface Problem {
  readonly at: string;
  readonly message: string;
  readonly hint: string;
}

interface Added {
  readonly id: string;
  readonly warnings?: readonly Problem[];
}

interface Silence {
  readonly id: string;
  readonly rule: string | null;
  readonly fields: object | null;
  readonly severity?: readonly string[];
  readonly tags?: readonly string[];
  readonly owner?: string;
  readonly startsAt?: string;
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
    .option('--severity <severity>', 'alerts of rules of this severity; may be repeated', collect, [])
    .option(
      '--tag <tag>',
      'alerts of rules with this tag; may be repeated, and then with all of them',
      collect,
      [],
    )
    .option('--owner <owner>', 'alerts of rules of this owner')
    .option('--from <time>', 'when it begins, such as 2026-12-01T22:00:00Z; by default at once')
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
  withRouter(silence.command('extend'))
    .description('Has a silence end so long from now, unless it ends later anyway.')
    .argument('<id>', 'the id that add or list shows')
    .requiredOption('--for <duration>', 'how long from now, such as 2h')
    .action(async (id: string, options: RouterOptions & { readonly for: string }) =>
      end(await extend(id, options, io)),
    );
  withRouter(silence.command('remove'))
    .description('Ends a silence before its time.')
    .argument('<id>', 'the id that add or list shows')
    .action(async (id: string, options: RouterOptions) => end(await remove(id, options, io)));
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

async function add(given: AddOptions, io: CliIo): Promise<ExitCode> {
  const { rule, field, severity, tag, owner, from, reason, author, ...options } = given;
  const fields = parseFields(field);
  const body = {
    ...(rule !== undefined && { rule }),
    ...(field.length > 0 && { fields }),
    ...(severity.length > 0 && { severity }),
    ...(tag.length > 0 && { tags: tag }),
    ...(owner !== undefined && { owner }),
    ...(from !== undefined && { from }),
    for: options.for,
    reason,
    author,
  };
  const readable = ({ id, warnings = [] }: Added): string => {
    for (const { at, message, hint } of warnings) io.err(printable(`warning: ${at}: ${message}; ${hint}`));
    return `silenced for ${options.for}${from === undefined ? '' : ` from ${from}`}: ${id}`;
  };
  return callAdmin(options, io, 'POST', 'silences', readable, body);
}

function list(options: RouterOptions, io: CliIo): Promise<ExitCode> {
  return callAdmin<{ items: readonly Silence[] }>(options, io, 'GET', 'silences?limit=1000', ({ items }) => {
    if (items.length === 0) return 'nothing is silenced';
    return items
      .map((silence) => {
        const { id, startsAt, endsAt, reason, author, silenced } = silence;
        const from = startsAt === undefined ? '' : `from ${startsAt} `;
        return `${id}  ${whatOf(silence)}  ${from}until ${endsAt}  ${silenced} silenced  ${author}: ${reason}`;
      })
      .join('\n');
  });
}

function whatOf({ rule, fields, severity, tags, owner }: Silence): string {
  return [
    rule,
    severity && `severity ${severity.join(' or ')}`,
    tags && `tags ${tags.join(', ')}`,
    owner && `owner ${owner}`,
    fields && JSON.stringify(fields),
  ]
    .filter(Boolean)
    .join(' ');
}

function extend(id: string, options: RouterOptions & { readonly for: string }, io: CliIo): Promise<ExitCode> {
  const readable = ({ endsAt }: { readonly endsAt: string }): string => `${id} ends at ${endsAt}`;
  return callAdmin(options, io, 'PATCH', `silences/${encodeURIComponent(id)}`, readable, {
    for: options.for,
  });
}

function remove(id: string, options: RouterOptions, io: CliIo): Promise<ExitCode> {
  return callAdmin(options, io, 'DELETE', `silences/${encodeURIComponent(id)}`, () => `ended ${id}`);
}
