import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Kysely } from 'kysely';
import type { FastifyInstance } from 'fastify';
import { testGate } from '../../src/app/test-gate.js';
import { readSettings } from '../../src/config/read-settings.js';
import { createApp } from '../../src/app/create-app.js';
import { InProcessLoader } from '../../src/rules/reload/rules-loader.js';
import { startupErrorLines } from '../../src/app/startup-error.js';
import type { Database } from '../../src/storage/database/schema.js';
import { TaskProcesses } from '../../src/app/task-processes.js';
import { addOpenApi } from '../../src/web/open-api.js';

export const logStreamToken = 'log-stream-token';
export const adminToken = 'admin-token';

/** The real application on a free port, with a database and a rules file in a folder of its own. */
export class RunningApp {
  private constructor(
    readonly folder: string,
    private readonly app: NestFastifyApplication,
    readonly url: string,
    /** Such as `GET /admin/alerts/:id`. */
    readonly routes: readonly string[],
  ) {}

  /** `folder`: that of an earlier run, to start again on what it left. */
  static async start(
    rules: string,
    environment: Record<string, string> = {},
    folder?: string,
  ): Promise<RunningApp> {
    const home = folder ?? (await mkdtemp(join(tmpdir(), 'alert-router-')));
    await writeFile(join(home, 'rules.yaml'), rules);
    const full = {
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'fatal',
      AUTH0_LOG_STREAM_TOKEN: logStreamToken,
      ADMIN_TOKEN: adminToken,
      RULES_FILE: join(home, 'rules.yaml'),
      DATABASE_URL: `sqlite:${join(home, 'router.db')}`,
      ...environment,
    };
    const read = readSettings(full);
    if (!read.ok) throw new Error(read.problems.join('\n'));
    const created = await createApp(
      read.settings,
      { ...process.env, ...full },
      new InProcessLoader(testGate),
      new TaskProcesses(process.env),
    );
    if (!created.ok) throw new Error(startupErrorLines(created.refusal).join('\n'));
    const routes: string[] = [];
    const server: FastifyInstance = created.app.getHttpAdapter().getInstance();
    server.addHook('onRoute', ({ method, url }) => {
      routes.push(...[method].flat().map((one) => `${one} ${url}`));
    });
    addOpenApi(created.app);
    await created.app.listen(0, '127.0.0.1');
    return new RunningApp(home, created.app, await created.app.getUrl(), routes);
  }

  /** Its own connection. */
  get database(): Kysely<Database> {
    return this.app.get<Kysely<Database>>(Kysely);
  }

  /** A part of the application, for tests that let it fail. */
  part<T>(type: abstract new (...dependencies: never[]) => T): T {
    return this.app.get<T>(type);
  }

  /** Posts a batch as Auth0 does. */
  send(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}/api/logs`, {
      method: 'POST',
      headers: { authorization: logStreamToken, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    });
  }

  admin(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url}/admin/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${adminToken}`, ...init.headers },
    });
  }

  writeRules(rules: string): Promise<void> {
    return writeFile(join(this.folder, 'rules.yaml'), rules);
  }

  /** A graceful stop that keeps the folder. */
  async stop(): Promise<void> {
    await this.app.close();
  }

  /** Stops, and leaves nothing behind. */
  async close(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
