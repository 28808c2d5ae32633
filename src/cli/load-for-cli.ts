import { loadRules, type LoadResult } from '../rules/load-rules.js';
import { surroundingsIn } from '../rules/rules-variables.js';
import { exitCodes, type CliIo, type ExitCode } from './cli-io.js';
import { printProblems } from './problem-excerpt.js';

export const defaultRules = 'rules.yaml';

/**
 * Loads rules for a look at them. It needs no secrets: a variable that is not set is a warning.
 *
 * @param what `checks` to be told all that is wrong, `plays` to play the rules through, which looks neither at what they
 * probably don't mean nor at where webhooks lead
 */
export function loadForCli(file: string, io: CliIo, what: 'checks' | 'plays' = 'plays'): Promise<LoadResult> {
  const found = surroundingsIn(io.environment);
  return what === 'checks'
    ? loadRules(file, found, undefined, 'warning', 'all')
    : loadRules(file, { ...found, hosts: 'unchecked' }, undefined, 'warning');
}

/** Says why there are no rules to work with. */
export async function refuseRules(
  { problems, warnings, notes }: Pick<Extract<LoadResult, { ok: false }>, 'problems' | 'warnings' | 'notes'>,
  json: boolean | undefined,
  io: CliIo,
): Promise<ExitCode> {
  if (json === true) io.out(JSON.stringify({ ok: false, errors: problems, warnings, notes }, null, 2));
  else await printProblems([...problems, ...warnings], io);
  return exitCodes.findings;
}
