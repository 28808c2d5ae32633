import type { Command } from 'commander';
import type { CliIo, ExitCode } from './cli-io.js';
import { callAdmin, withRouter, type RouterOptions } from './router-client.js';

interface Reloaded {
  readonly hash: string;
  readonly rules: number;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** `reload`: makes a running router read its rules file again, on every replica. */
export function addReload(program: Command, io: CliIo, end: (code: ExitCode) => void): void {
  withRouter(program.command('reload'))
    .summary('make a running router read its rules file again')
    .description(
      'Makes a running router read its rules file again, on every replica. With errors in it, the rules in force stay.',
    )
    .option('--dry-run', 'only say what would change')
    .action(async (options: RouterOptions & { readonly dryRun?: boolean }) => end(await reload(options, io)));
}

function reload(
  { dryRun = false, ...options }: RouterOptions & { readonly dryRun?: boolean },
  io: CliIo,
): Promise<ExitCode> {
  return callAdmin<Reloaded>(
    options,
    io,
    'POST',
    `rules/reload?dryRun=${dryRun}`,
    ({ hash, rules, added, removed, changed }) => {
      const changes = Object.entries({ added, removed, changed })
        .filter(([, ids]) => ids.length > 0)
        .map(([what, ids]) => `  ${what}: ${ids.join(', ')}`);
      const head = `${rules} rules ${dryRun ? 'would be' : 'are'} in force (${hash})`;
      return [head, ...(changes.length === 0 ? ['  nothing changed'] : changes)].join('\n');
    },
  );
}
