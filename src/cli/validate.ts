import type { Command } from 'commander';
import { exitCodes, styled, type CliIo, type ExitCode } from './cli-io.js';
import { defaultRules, loadForCli, refuseRules } from './load-for-cli.js';
import { printProblems } from './problem-excerpt.js';

/** `validate`: checks a rules file and everything it includes. */
export function addValidate(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  program
    .command('validate')
    .summary('check a rules file')
    .description('Checks a rules file and all it includes, and shows every error at its place.')
    .argument('[rules]', 'the rules file', defaultRules)
    .option('--json', 'print {ok, rules, errors, warnings}')
    .addHelpText(
      'after',
      `
Examples:
  $ alert-router validate
  $ alert-router validate staging/rules.yaml
  $ alert-router validate --json | jq '.errors[].message'

It needs no secrets: a variable in channels that is not set is a warning. Webhooks must lead to the hosts in
SLACK_ALLOW_HOSTS, as in the router itself.`,
    )
    .action(async (file: string, { json }: { json?: boolean }) => end(await validate(file, json, io)));
}

async function validate(file: string, json: boolean | undefined, io: CliIo): Promise<ExitCode> {
  const loaded = await loadForCli(file, io, 'posts');
  if (!loaded.ok) {
    const code = await refuseRules(loaded, json, io);
    if (json !== true) io.out(styled(io, 'red', `${file}: ${count(loaded.problems.length, 'error')}`));
    return code;
  }
  const { rules, channels } = loaded.rules;
  if (json === true) {
    const { warnings } = loaded;
    io.out(JSON.stringify({ ok: true, rules: rules.map(({ id }) => id), errors: [], warnings }, null, 2));
    return exitCodes.fine;
  }
  await printProblems(loaded.warnings, io);
  const found = `${count(rules.length, 'rule')}, ${count(channels.size, 'channel')}`;
  io.out(styled(io, 'green', `${file}: valid (${found})`));
  return exitCodes.fine;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
