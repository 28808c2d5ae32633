import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { startPostgres } from '../test/support/postgres-server.js';

/** A PostgreSQL server that flushes every commit to disk, with its own defaults otherwise. */
export class BenchPostgres {
  private databases = 0;

  private constructor(
    private readonly url: string,
    private readonly folder: string,
  ) {}

  static async start(): Promise<BenchPostgres> {
    const folder = mkdtempSync(join(tmpdir(), 'router-bench-postgres-'));
    // The server may run as another user.
    chmodSync(folder, 0o755);
    return new BenchPostgres(await startPostgres(folder, { flushes: true }), folder);
  }

  /** The URL of a new, empty database. */
  async newDatabase(): Promise<string> {
    this.databases += 1;
    const name = `bench_${this.databases}`;
    const client = new Client({ connectionString: `${this.url}/postgres` });
    await client.connect();
    try {
      await client.query(`create database ${name}`);
    } finally {
      await client.end();
    }
    return `${this.url}/${name}`;
  }

  async stop(): Promise<void> {
    const pidFile = join(this.folder, 'postgres-data', 'postmaster.pid');
    // SIGQUIT: at once, without caring for the data. The file goes when the server does.
    process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGQUIT');
    for (let waited = 0; existsSync(pidFile) && waited < 10_000; waited += 10) await wait(10);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
