import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

const keptVariables =
  /^(PATH|HOME|TMPDIR|NODE_EXTRA_CA_CERTS|npm_config_(registry|cache|userconfig|globalconfig)|\w+_proxy)$/i;
const deadlineMs = 60_000;

export interface ProgramExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program in a process of its own, with what it printed. */
export class SpawnedProgram {
  private printed = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly command: string,
  ) {
    const collect = (chunk: Buffer): void => void (this.printed += chunk.toString('utf8'));
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
  }

  /** Starts it with nothing of this process's environment but what finding and downloading programs takes. */
  static start(
    cwd: string,
    command: string,
    args: readonly string[],
    environment: Record<string, string> = {},
  ): SpawnedProgram {
    const inherited = Object.entries(process.env).filter(([name]) => keptVariables.test(name));
    const child = spawn(command, args, {
      cwd,
      env: { ...Object.fromEntries(inherited), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new SpawnedProgram(child, `${command} ${args.join(' ')}`);
  }

  /** Runs it to its end, which must be a good one. */
  static async run(cwd: string, command: string, args: readonly string[]): Promise<void> {
    const program = SpawnedProgram.start(cwd, command, args);
    const { code } = await program.exit();
    if (code !== 0) throw new Error(`${program.command} ended with ${code}:\n${program.output}`);
  }

  /** Everything printed so far, on both streams. */
  get output(): string {
    return this.printed;
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** How it ended, when it has. */
  async exit(): Promise<ProgramExit> {
    if (!this.hasEnded) await once(this.child, 'close');
    return { code: this.child.exitCode, signal: this.child.signalCode };
  }

  /** For clean-up: ends it at once, if it still runs. */
  async destroy(): Promise<void> {
    this.kill('SIGKILL');
    await this.exit();
  }

  /** Looks every 25 ms for what the program has yet to print, and gives up when it ends or a minute has passed. */
  async until<Found>(what: string, look: (output: string) => Found | undefined): Promise<Found> {
    const deadline = Date.now() + deadlineMs;
    for (;;) {
      const ended = this.hasEnded;
      const found = look(this.printed);
      if (found !== undefined) return found;
      if (ended || Date.now() > deadline)
        throw new Error(`${this.command} never showed ${what}. It printed:\n${this.printed}`);
      await wait(25);
    }
  }

  /** The address a router says it listens on. */
  async url(): Promise<string> {
    const port = await this.until(
      'its address',
      (output) => /Listening on http:\/\/\S+?:(\d+)\D/.exec(output)?.[1],
    );
    return `http://127.0.0.1:${port}`;
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}
