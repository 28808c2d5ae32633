import type { Command } from 'commander';
import { StopSignal } from '../app/stop-signal.js';

/** `serve`: runs the router until it is asked to stop. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .summary('run the router')
    .description(
      'Runs the router until SIGTERM or SIGINT. All settings are environment variables; see docs/settings.md.',
    )
    .option('--json', 'say what was started as one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  $ alert-router serve
  $ PORT=8080 RULES_FILE=/etc/alert-router/rules.yaml alert-router serve`,
    )
    .action(async ({ json }: { json?: boolean }) => {
      const stop = new StopSignal();
      // The other commands don't wait for the whole service to load.
      const { serve } = await import('../app/serve.js');
      process.exit(await serve(process.env, stop, json === true));
    });
}
