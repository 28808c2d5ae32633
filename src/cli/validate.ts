import type { Command } from 'commander';
import type { Problem } from '../rules/problem.js';
import { exitCodes, styled, type CliIo, type ExitCode } from './cli-io.js';
import { inputName } from './input-look.js';
import { defaultRules, loadForCli, type LoadedForCli } from './load-for-cli.js';
import { printProblems } from './problem-excerpt.js';

interface ValidateOptions {
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** `validate`: checks a rules file and everything it includes. */
export function addValidate(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  program
    .command('validate')
    .summary('check rules files')
    .description('Checks rules files, each with all it includes, and shows every error at its place.')
    .argument('[rules...]', 'the rules files; - is the standard input', [defaultRules])
    .option('--strict', 'take warnings as errors')
    .option('--json', 'print {ok, rules, errors, warnings, notes}')
    .addHelpText(
      'after',
      `
Examples:
  $ alert-router validate
  $ alert-router validate --strict
  $ alert-router validate rules.yaml examples/02-fields.yaml
  $ cat rules.yaml | alert-router validate -
  $ alert-router validate --json | jq '.errors[].message'

It needs no secrets: a variable in channels that is not set is a warning. Webhooks must lead to the hosts in
SLACK_ALLOW_HOSTS, as in the router itself. A rule turns a warning off with lint: { unknown-field: off }.`,
    )
    .action(async (files: readonly string[], options: ValidateOptions) =>
      end(await validate(files, options, io)),
    );
}

async function validate(
  files: readonly string[],
  { strict = false, json }: ValidateOptions,
  io: CliIo,
): Promise<ExitCode> {
  const all = {
    ok: true,
    rules: [] as string[],
    errors: [] as Problem[],
    warnings: [] as Problem[],
    notes: [] as Problem[],
  };
  for (const file of files) {
    const loaded = await loadForCli(file, io, 'checks');
    all.ok &&= loaded.ok && !(strict && loaded.warnings.length > 0);
    (strict ? all.errors : all.warnings).push(...loaded.warnings);
    all.notes.push(...loaded.notes);
    if (loaded.ok) all.rules.push(...loaded.rules.rules.map(({ id }) => id));
    else all.errors.push(...loaded.problems);
    if (json !== true) await print(file, loaded, strict, io);
  }
  if (json === true) io.out(JSON.stringify(all, null, 2));
  return all.ok ? exitCodes.fine : exitCodes.findings;
}

async function print(file: string, loaded: LoadedForCli, strict: boolean, io: CliIo): Promise<void> {
  const problems = loaded.ok ? [] : loaded.problems;
  const { warnings, notes } = loaded;
  const refused = !loaded.ok || (strict && warnings.length > 0);
  await printProblems([...problems, ...warnings, ...(refused ? [] : notes)], io, loaded.text);
  const name = inputName(file);
  if (refused) return io.out(styled(io, 'red', `${name}: ${found(problems, warnings)}`));
  const { rules, channels } = loaded.rules;
  const taken = `${count(rules.length, 'rule')}, ${count(channels.size, 'channel')}`;
  io.out(styled(io, 'green', `${name}: valid (${taken})`));
}

function found(errors: readonly Problem[], warnings: readonly Problem[]): string {
  const counts = [
    ...(errors.length > 0 ? [count(errors.length, 'error')] : []),
    ...(warnings.length > 0 ? [count(warnings.length, 'warning')] : []),
  ];
  return counts.join(' and ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
