import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emptyPostgres, type EmptyDatabase } from '../support/databases.js';
import { SpawnedProgram } from '../support/spawned-program.js';
import { FakeSlack } from '../support/fake-slack.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const rules = `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules: [{ id: failures, match: { types: [f] } }]
`;
const takeoverMs = 15_000;

async function send(url: string, ids: readonly string[]): Promise<number> {
  const batch = ids.map((id) => ({
    log_id: id,
    data: { type: 'f', description: `event ${id};`, log_id: id },
  }));
  const headers = { authorization: 'token' };
  return (await fetch(`${url}/api/logs`, { method: 'POST', headers, body: JSON.stringify(batch) })).status;
}

describe('two processes', () => {
  let slack: FakeSlack;
  let folder: string;
  let started: SpawnedProgram[];

  beforeEach(async () => {
    slack = await FakeSlack.start();
    folder = await mkdtemp(join(tmpdir(), 'alert-router-takeover-'));
    await writeFile(join(folder, 'rules.yaml'), rules);
    started = [];
  });

  afterEach(async () => {
    for (const router of started) await router.destroy();
    await slack.close();
    await rm(folder, { recursive: true, force: true });
  });

  function start(environment: Record<string, string> = {}): SpawnedProgram {
    const router = SpawnedProgram.start(folder, process.execPath, [main], {
      HOST: '127.0.0.1',
      PORT: '0',
      AUTH0_LOG_STREAM_TOKEN: 'token',
      SLACK_WEBHOOK_URL: slack.webhookUrl('hook'),
      SLACK_RATE: '1000',
      SLACK_BURST: '1000',
      ...environment,
    });
    started.push(router);
    return router;
  }

  describe('on one PostgreSQL database', () => {
    let database: EmptyDatabase;

    beforeEach(async () => {
      database = await emptyPostgres();
    });

    afterEach(async () => {
      for (const router of started.splice(0)) await router.destroy();
      await database.remove();
    });

    it(
      'deliver what waits although the one that was at it is killed',
      async () => {
        const routers = [0, 1].map(() => start({ DATABASE_URL: database.url }));
        const [first, second] = (await Promise.all(routers.map((router) => router.url()))) as [
          string,
          string,
        ];
        // Slack posts the third message, and the answer takes for ever.
        for (const id of ['id-0', 'id-1']) await send(first, [id]);
        await slack.waitFor(2);
        slack.answerNext({ kind: 'drip', periodMs: 60_000 });
        const ids = Array.from({ length: 12 }, (_, index) => `id-${index}`);
        expect(await send(first, ids.slice(2, 11))).toBe(200);
        await slack.waitFor(3);
        routers[0]?.kill('SIGKILL');
        await routers[0]?.exit();
        // The one that is left also takes new events meanwhile.
        expect(await send(second, ids.slice(11))).toBe(200);

        const shown = () =>
          slack.messages.map((message) => /event ([\w-]+);/.exec(slack.textOf(message))?.[1]);
        await slack.waitFor(() => new Set(shown()).size === ids.length, takeoverMs);
        routers[1]?.kill('SIGTERM');
        expect(await routers[1]?.exit()).toEqual({ code: 0, signal: null });
        expect(shown().length - ids.length).toBeLessThanOrEqual(1);
      },
      takeoverMs * 3,
    );
  });

  describe('on one SQLite file', () => {
    it('are one too many: the second ends and says why, until the first one has gone', async () => {
      const first = start();
      const url = await first.url();
      const second = start();
      expect(await second.exit()).toEqual({ code: 1, signal: null });
      expect(second.output.trimEnd().split('\n')).toEqual([
        `The database data/router.db is in use by another process, which holds ${join(folder, 'data', 'router.db.lock')}.`,
        expect.stringContaining('postgres://'),
      ]);
      expect(await send(url, ['id-1'])).toBe(200);

      first.kill('SIGKILL');
      await first.exit();
      await start().url();
    });
  });
});
