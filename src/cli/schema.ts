import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { packageFolder } from '../app/package-folder.js';
import { exitCodes, type CliIo, type ExitCode } from './cli-io.js';

/** Stands beside package.json, in the package as in the repository; `npm run schema` writes it. */
const schemaFile = new URL('rules.schema.json', packageFolder());

/** `schema`: the JSON Schema of rules files, for editors. */
export function addSchema(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  program
    .command('schema')
    .summary('print the JSON Schema of rules files')
    .description('Prints the JSON Schema of rules files, with which editors complete and check them.')
    .option('--json', 'JSON, as it is anyway')
    .addHelpText(
      'after',
      `
Examples:
  $ alert-router schema > rules.schema.json

and as the first line of rules.yaml:

  # yaml-language-server: $schema=./rules.schema.json`,
    )
    .action(() => {
      io.out(readFileSync(schemaFile, 'utf8').trimEnd());
      end(exitCodes.fine);
    });
}
