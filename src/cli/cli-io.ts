import { setTimeout } from 'node:timers/promises';
import { inspect } from 'node:util';

/** Nothing is wrong; something was found; it was called in a way it can't be. */
export const exitCodes = { fine: 0, findings: 1, usage: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a command reads and writes, so that a test can give its own. */
export interface CliIo {
  /** Writes a line of the command's result. */
  readonly out: (line: string) => void;
  /** Writes a line that is no part of the result. */
  readonly err: (line: string) => void;
  readonly stdin: AsyncIterable<Buffer>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether the result goes to a terminal that shows colours. */
  readonly colours: boolean;
  /** Whether the other lines go to a terminal, which can show progress. */
  readonly progress: boolean;
  /** In ms since the epoch. */
  readonly now: () => number;
  /** Lets so many ms pass. */
  readonly wait: (ms: number) => Promise<void>;
}

/** Something a command can't start without is missing or wrong. It ends with {@link exitCodes.usage}. */
export class UsageError extends Error {}

type Format = 'red' | 'yellow' | 'green' | 'cyan' | 'dim' | 'bold';

export function styled({ colours }: CliIo, format: Format, text: string): string {
  // styleText looks at the process's own streams in newer versions of Node.js, whatever these are.
  const [on, off] = inspect.colors[format] ?? [0, 0];
  return colours ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}

/** The command line's own streams. https://no-color.org turns colours off. */
export function processIo(): CliIo {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // Whoever reads has read enough, as `head` does.
      if (error.code === 'EPIPE') process.exit(exitCodes.fine);
      throw error;
    });
  }
  const { NO_COLOR, TERM } = process.env;
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    stdin: process.stdin,
    environment: process.env,
    colours: process.stdout.isTTY === true && !NO_COLOR && TERM !== 'dumb',
    progress: process.stderr.isTTY === true && TERM !== 'dumb',
    now: Date.now,
    wait: (ms) => setTimeout(ms),
  };
}
