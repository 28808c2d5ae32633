import type { Command } from 'commander';
import { exitCodes, styled, type CliIo, type ExitCode } from './cli-io.js';
import { defaultRules, loadForCli, refuseRules } from './load-for-cli.js';
import type { Problem } from '../rules/problem.js';
import { printProblems } from './problem-excerpt.js';

/** `validate`: checks a rules file and everything it includes. */
export function addValidate(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  program
    .command('validate')
    .summary('check a rules file')
    .description('Checks a rules file and all it includes, and shows every error at its place.')
    .argument('[rules]', 'the rules file', defaultRules)
    .option('--strict', 'take warnings as errors')
    .option('--json', 'print {ok, rules, errors, warnings, notes}')
    .addHelpText(
      'after',
      `
Examples:
  $ alert-router validate
  $ alert-router validate staging/rules.yaml
  $ alert-router validate --strict
  $ alert-router validate --json | jq '.errors[].message'

It needs no secrets: a variable in channels that is not set is a warning. Webhooks must lead to the hosts in
SLACK_ALLOW_HOSTS, as in the router itself. A rule turns a warning off with lint: { unknown-field: off }.`,
    )
    .action(async (file: string, options: ValidateOptions) => end(await validate(file, options, io)));
}

interface ValidateOptions {
  readonly strict?: boolean;
  readonly json?: boolean;
}

async function validate(file: string, { strict, json }: ValidateOptions, io: CliIo): Promise<ExitCode> {
  const loaded = await loadForCli(file, io, 'checks');
  const problems = loaded.ok ? [] : loaded.problems;
  const { warnings, notes } = loaded;
  if (!loaded.ok || (strict === true && warnings.length > 0)) {
    const refused =
      strict === true
        ? { problems: [...problems, ...warnings], warnings: [], notes }
        : { problems, warnings, notes };
    const code = await refuseRules(refused, json, io);
    if (json !== true) io.out(styled(io, 'red', `${file}: ${found(problems, warnings)}`));
    return code;
  }
  const { rules, channels } = loaded.rules;
  if (json === true) {
    const ids = rules.map(({ id }) => id);
    io.out(JSON.stringify({ ok: true, rules: ids, errors: [], warnings, notes }, null, 2));
    return exitCodes.fine;
  }
  await printProblems([...warnings, ...notes], io);
  const taken = `${count(rules.length, 'rule')}, ${count(channels.size, 'channel')}`;
  io.out(styled(io, 'green', `${file}: valid (${taken})`));
  return exitCodes.fine;
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
