import { text } from 'node:stream/consumers';
import { loadRules, type LoadResult } from '../rules/load-rules.js';
import { surroundingsIn } from '../rules/rules-variables.js';
import { exitCodes, type CliIo, type ExitCode } from './cli-io.js';
import { printProblems } from './problem-excerpt.js';

export const defaultRules = 'rules.yaml';

/** Rules, or why there are none, with the text of what the standard input held where they came from there. */
export type LoadedForCli<R extends LoadResult = LoadResult> = R & { readonly text?: string };

/**
 * Loads rules for a look at them; `-` is the standard input, whose files are relative to the current folder. It needs no
 * secrets: a variable that is not set is a warning.
 *
 * @param what `checks` to report all that is wrong, `plays` to play the rules through, which looks neither at what they
 * probably don't mean nor at where webhooks lead
 */
export async function loadForCli(
  file: string,
  io: CliIo,
  what: 'checks' | 'plays' = 'plays',
): Promise<LoadedForCli> {
  const found = surroundingsIn(io.environment);
  const given = file === '-' ? await text(io.stdin) : undefined;
  const loaded =
    what === 'checks'
      ? await loadRules(file, found, given, 'warning', 'all')
      : await loadRules(file, { ...found, hosts: 'unchecked' }, given, 'warning');
  return { ...loaded, text: given };
}

/** Says why there are no rules to work with. */
export async function refuseRules(
  { problems, warnings, notes, text: given }: LoadedForCli<Extract<LoadResult, { ok: false }>>,
  json: boolean | undefined,
  io: CliIo,
): Promise<ExitCode> {
  if (json === true) io.out(JSON.stringify({ ok: false, errors: problems, warnings, notes }, null, 2));
  else await printProblems([...problems, ...warnings], io, given);
  return exitCodes.findings;
}
