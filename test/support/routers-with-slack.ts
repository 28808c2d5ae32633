import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FakeSlack } from './fake-slack.js';
import { SpawnedProgram } from './spawned-program.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** What a test has: all is new for each test, and gone after it. */
export interface RoutersWithSlack {
  readonly slack: FakeSlack;
  /** Where the rules are, and the database unless the settings name another. */
  readonly folder: string;
  /**
   * Starts the built service in a process of its own. It posts fast enough that every message comes alone.
   *
   * @param imported a module that is loaded before the service
   */
  start(environment?: Readonly<Record<string, string>>, imported?: string): SpawnedProgram;
  /** The ids of the events of {@link sendEvents} that Slack was shown, for each message those that it names. */
  shown(): string[];
}

/** Gives each test of a `describe` a fake Slack, and routers in processes of their own that post to its webhook `hook`. */
export function routersWithSlack(
  rules: string,
  environment: Readonly<Record<string, string>> = {},
): RoutersWithSlack {
  let slack: FakeSlack;
  let folder: string;
  let started: SpawnedProgram[];

  beforeEach(async () => {
    started = [];
    slack = await FakeSlack.start();
    folder = await mkdtemp(join(tmpdir(), 'alert-router-'));
    await writeFile(join(folder, 'rules.yaml'), rules);
  });

  afterEach(async () => {
    for (const router of started) await router.destroy();
    await slack.close();
    await rm(folder, { recursive: true, force: true });
  });

  return {
    get slack() {
      return slack;
    },
    get folder() {
      return folder;
    },
    start(changes, imported) {
      const args = imported === undefined ? [main] : ['--import', imported, main];
      const router = SpawnedProgram.start(folder, process.execPath, args, {
        HOST: '127.0.0.1',
        PORT: '0',
        AUTH0_LOG_STREAM_TOKEN: 'token',
        ADMIN_TOKEN: 'admin-token',
        SLACK_WEBHOOK_URL: slack.webhookUrl('hook'),
        SLACK_RATE: '1000',
        SLACK_BURST: '1000',
        ...environment,
        ...changes,
      });
      started.push(router);
      return router;
    },
    shown: () =>
      slack.messages.flatMap((message) => [
        ...new Set(Array.from(slack.textOf(message).matchAll(/event ([\w-]+);/g), ([, id]) => id as string)),
      ]),
  };
}

/** Posts a batch of events of one type to a router, and gives the answer's status. */
export async function sendEvents(
  url: string,
  ids: readonly string[],
  type = 'f',
  data: object = {},
): Promise<number> {
  const batch = ids.map((id) => ({
    log_id: id,
    data: { type, description: `event ${id};`, log_id: id, ...data },
  }));
  const headers = { authorization: 'token' };
  return (await fetch(`${url}/api/logs`, { method: 'POST', headers, body: JSON.stringify(batch) })).status;
}
