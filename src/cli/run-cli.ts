import { Command, CommanderError } from 'commander';
import { packageVersion } from '../app/package-folder.js';
import { addBacktest } from './backtest.js';
import { addChannels } from './channels.js';
import { exitCodes, UsageError, type CliIo, type ExitCode } from './cli-io.js';
import { addCompletion } from './completion.js';
import { addConnect } from './connect.js';
import { addExplain } from './explain.js';
import { addLogs } from './logs.js';
import { addAlerts, addDeliveries } from './outbox.js';
import { addReload } from './reload.js';
import { addRules } from './rules.js';
import { addSchema } from './schema.js';
import { addSend } from './send.js';
import { addServe } from './serve.js';
import { addSilence } from './silence.js';
import { addTest } from './test.js';
import { addValidate } from './validate.js';

/** Runs the command line, and gives the exit code: 0 fine, 1 findings, 2 wrong usage. */
export async function runCli(args: readonly string[], io: CliIo): Promise<ExitCode> {
  let code: ExitCode = exitCodes.fine;
  const end = (ended: ExitCode): void => void (code = ended);
  const program = new Command('alert-router')
    .description('Routes Auth0 log stream events to Slack by the rules in a YAML file.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpCommand('help [command]', 'show how a command is used')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
    })
    .showHelpAfterError('(--help shows how it is used)')
    .addHelpText(
      'after',
      '\nExit codes: 0 fine, 1 findings, 2 wrong usage. Each command has a --help with examples.',
    );
  addValidate(program, io, end);
  addTest(program, io, end);
  addExplain(program, io, end);
  addBacktest(program, io, end);
  addSchema(program, io, end);
  addLogs(program, io, end);
  addConnect(program, io, end);
  addSend(program, io, end);
  addSilence(program, io, end);
  addAlerts(program, io, end);
  addDeliveries(program, io, end);
  addChannels(program, io, end);
  addReload(program, io, end);
  addRules(program, io, end);
  addServe(program);
  addCompletion(program, io);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
    if (!(error instanceof UsageError)) throw error;
    io.err(error.message);
    return exitCodes.usage;
  }
}
