import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliIo } from '../../src/cli/cli-io.js';
import { runCli } from '../../src/cli/run-cli.js';

/** What stands in `rules.yaml` at first: one rule with one test, which passes. */
export const cliRules = `version: 1
channels: { security: { webhook: '\${WEBHOOK}' } }
rules:
  - id: failures
    match: { types: [fu] }
    tests:
      - { name: a failure, events: [{ type: fu }], expect: { alerts: 1 } }
`;

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

type Io = Partial<Omit<CliIo, 'stdin'>> & { readonly stdin?: string | Buffer };

/** The command line in a folder of its own, which holds a `rules.yaml`. */
export class CommandLine {
  private constructor(private readonly folder: string) {}

  static async open(): Promise<CommandLine> {
    const opened = new CommandLine(await mkdtemp(join(tmpdir(), 'alert-router-cli-')));
    await opened.write('rules.yaml', cliRules);
    return opened;
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }

  write(name: string, text: string | Buffer): Promise<void> {
    return writeFile(join(this.folder, name), text);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  read(name: string): Promise<string> {
    return readFile(join(this.folder, name), 'utf8');
  }

  /** Runs the command line; `@name` stands for the file of that name in the folder. */
  async run(args: string, { stdin = '', ...more }: Io = {}): Promise<Ran> {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await runCli(
      args.split(' ').map((arg) => arg.replace('@', `${this.folder}/`)),
      {
        out: (line) => void out.push(line),
        err: (line) => void err.push(line),
        stdin: stdinOf(stdin),
        environment: {},
        colours: false,
        progress: false,
        now: Date.now,
        wait: () => Promise.resolve(),
        ...more,
      },
    );
    return { code, out: out.join('\n').replaceAll(this.folder, ''), err: err.join('\n') };
  }

  async runJson(args: string, io: Io = {}): Promise<unknown> {
    return JSON.parse((await this.run(`${args} --json`, io)).out);
  }
}

async function* stdinOf(text: string | Buffer) {
  yield typeof text === 'string' ? Buffer.from(text) : text;
}
