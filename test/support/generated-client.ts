import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SpawnedProgram } from './spawned-program.js';

const compilerOptions = {
  module: 'nodenext',
  target: 'es2023',
  lib: ['es2023'],
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
};

/** A folder with types that were made from the OpenAPI document, and a program of somebody who uses them. */
export class GeneratedClient {
  private constructor(private readonly folder: string) {}

  /** @param document the path of the OpenAPI document */
  static async generate(document: string): Promise<GeneratedClient> {
    const folder = await mkdtemp(join(tmpdir(), 'alert-router-client-'));
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    const generator = 'node_modules/openapi-typescript/bin/cli.js';
    await SpawnedProgram.run(folder, process.execPath, [generator, resolve(document), '--output', 'api.ts']);
    return new GeneratedClient(folder);
  }

  /** What TypeScript finds wrong with a program, which imports its types from `./api.js`; empty where it compiles. */
  async compile(program: string): Promise<string> {
    await writeFile(join(this.folder, 'program.ts'), program);
    const compiler = SpawnedProgram.start(this.folder, process.execPath, ['node_modules/typescript/bin/tsc']);
    await compiler.exit();
    return compiler.output;
  }

  /** Runs the program that was compiled last. Returns what it prints, read as JSON. */
  async run(environment: Record<string, string>): Promise<unknown> {
    const program = SpawnedProgram.start(this.folder, process.execPath, ['program.js'], environment);
    const { code } = await program.exit();
    if (code !== 0) throw new Error(`the program ended with ${code}:\n${program.output}`);
    return JSON.parse(program.output);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
