import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPostgres, startPostgres, stopPostgres } from './postgres-server.js';

/** A PostgreSQL server for one test, which may stop it and start it again. */
export class OwnPostgres {
  private running = true;

  private constructor(
    private readonly folder: string,
    /** Names the database that every server has. */
    readonly url: string,
  ) {}

  static async start(): Promise<OwnPostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'alert-router-postgres-'));
    // An unprivileged database server has to find its own files there.
    await chmod(folder, 0o755);
    return new OwnPostgres(folder, `${await startPostgres(folder, { flushes: false })}/postgres`);
  }

  /** @param how in order, as an administrator does, or at once, as a crash does */
  async stop(how: 'in order' | 'at once'): Promise<void> {
    this.running = false;
    await stopPostgres(this.folder, how === 'in order' ? 'SIGINT' : 'SIGQUIT');
  }

  /** Starts it again on the same port, with the data that it had. */
  async startAgain(): Promise<void> {
    await runPostgres(this.folder, Number(new URL(this.url).port), { flushes: false });
    this.running = true;
  }

  /** Leaves nothing behind. */
  async close(): Promise<void> {
    if (this.running) await this.stop('at once');
    await rm(this.folder, { recursive: true, force: true });
  }
}
