import { readFileSync } from 'node:fs';
import type { CliIo } from './cli-io.js';

/**
 * A variable's value, or what stands in the file that `NAME_FILE` names, as for the router's settings. An empty value
 * counts as absent.
 *
 * @param report takes what is wrong with the file; its name is not quoted, since it may be the secret itself
 */
export function variableOrFile(
  environment: CliIo['environment'],
  name: string,
  report: (problem: string) => void,
): string | undefined {
  const value = environment[name]?.trim();
  const file = environment[`${name}_FILE`]?.trim();
  if (value !== undefined && value !== '') return value;
  if (file === undefined || file === '') return undefined;
  try {
    const secret = readFileSync(file, 'utf8').trim();
    if (secret !== '') return secret;
    report(`${name}_FILE names a file that is empty`);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    report(`${name}_FILE names a file that can't be read (${code})`);
  }
  return undefined;
}
