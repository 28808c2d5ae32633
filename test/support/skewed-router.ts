import { randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sendEvents, type RoutersWithSlack } from './routers-with-slack.js';
import type { SpawnedProgram } from './spawned-program.js';

const movableClock = new URL('movable-clock.js', import.meta.url).href;

/** The built service in a process of its own, whose clock a test sets. */
export class SkewedRouter {
  private constructor(
    private readonly clockFile: string,
    private readonly program: SpawnedProgram,
    private readonly url: string,
  ) {}

  /** Starts one with a clock that is so many ms ahead. */
  static async start(
    routers: RoutersWithSlack,
    aheadMs: number,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<SkewedRouter> {
    const clockFile = join(routers.folder, `clock-${randomUUID()}`);
    await writeFile(clockFile, String(aheadMs));
    const program = routers.start({ CLOCK_AHEAD_FILE: clockFile, ...environment }, movableClock);
    return new SkewedRouter(clockFile, program, await program.url());
  }

  /** Sets the clock, all at once. */
  async setAhead(ms: number): Promise<void> {
    await writeFile(`${this.clockFile}-new`, String(ms));
    await rename(`${this.clockFile}-new`, this.clockFile);
  }

  /** Posts events of the type, and gives the answer's status. */
  send(type: string, ...ids: readonly string[]): Promise<number> {
    return sendEvents(this.url, ids, type, { user_name: 'eve' });
  }

  async admin<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = { authorization: 'Bearer admin-token', 'content-type': 'application/json' };
    return (await (await fetch(`${this.url}/admin/${path}`, { ...init, headers })).json()) as Answer;
  }

  async stop(): Promise<void> {
    this.program.kill('SIGTERM');
    await this.program.exit();
  }

  /** Ends it at once. */
  destroy(): Promise<void> {
    return this.program.destroy();
  }
}
