import { randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SpawnedProgram } from './spawned-program.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const movableClock = new URL('movable-clock.js', import.meta.url).href;

/** The built service in a process of its own, whose clock a test sets. */
export class SkewedRouter {
  private constructor(
    private readonly clockFile: string,
    private readonly program: SpawnedProgram,
    readonly url: string,
  ) {}

  /** Runs on the rules and the database in the folder, with a clock that is so many ms ahead. */
  static async start(
    folder: string,
    aheadMs: number,
    environment: Record<string, string>,
  ): Promise<SkewedRouter> {
    const clockFile = join(folder, `clock-${randomUUID()}`);
    await writeFile(clockFile, String(aheadMs));
    const program = SpawnedProgram.start(folder, process.execPath, ['--import', movableClock, main], {
      HOST: '127.0.0.1',
      PORT: '0',
      AUTH0_LOG_STREAM_TOKEN: 'token',
      ADMIN_TOKEN: 'admin-token',
      CLOCK_AHEAD_FILE: clockFile,
      ...environment,
    });
    try {
      return new SkewedRouter(clockFile, program, await program.url());
    } catch (error) {
      await program.destroy();
      throw error;
    }
  }

  /** Sets the clock, all at once. */
  async setAhead(ms: number): Promise<void> {
    await writeFile(`${this.clockFile}-new`, String(ms));
    await rename(`${this.clockFile}-new`, this.clockFile);
  }

  /** Posts events of the type, and gives the answer's status. */
  async send(type: string, ...ids: readonly string[]): Promise<number> {
    const batch = ids.map((id) => ({
      log_id: id,
      data: { type, description: `event ${id};`, log_id: id, user_name: 'eve' },
    }));
    const headers = { authorization: 'token' };
    return (await fetch(`${this.url}/api/logs`, { method: 'POST', headers, body: JSON.stringify(batch) }))
      .status;
  }

  async admin<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = { authorization: 'Bearer admin-token', 'content-type': 'application/json' };
    return (await (await fetch(`${this.url}/admin/${path}`, { ...init, headers })).json()) as Answer;
  }

  async stop(): Promise<void> {
    this.program.kill('SIGTERM');
    await this.program.exit();
  }

  destroy(): Promise<void> {
    return this.program.destroy();
  }
}
