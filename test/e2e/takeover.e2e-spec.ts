import { join } from 'node:path';
import { emptyPostgres, type EmptyDatabase } from '../support/databases.js';
import { routersWithSlack, sendEvents } from '../support/routers-with-slack.js';
import type { SpawnedProgram } from '../support/spawned-program.js';

const rules = `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules: [{ id: failures, match: { types: [f] } }]
`;
const takeoverMs = 15_000;

describe('two processes', () => {
  const e2e = routersWithSlack(rules);

  describe('on one PostgreSQL database', () => {
    let database: EmptyDatabase;
    let routers: SpawnedProgram[] = [];

    beforeEach(async () => {
      database = await emptyPostgres();
    });

    afterEach(async () => {
      for (const router of routers.splice(0)) await router.destroy();
      await database.remove();
    });

    it(
      'deliver what waits although the one that was at it is killed',
      async () => {
        routers = [0, 1].map(() => e2e.start({ DATABASE_URL: database.url }));
        const [first, second] = (await Promise.all(routers.map((router) => router.url()))) as [
          string,
          string,
        ];
        // Slack posts the third message, and the answer takes for ever.
        for (const id of ['id-0', 'id-1']) await sendEvents(first, [id]);
        await e2e.slack.waitFor(2);
        e2e.slack.answerNext({ kind: 'drip', periodMs: 60_000 });
        const ids = Array.from({ length: 12 }, (_, index) => `id-${index}`);
        expect(await sendEvents(first, ids.slice(2, 11))).toBe(200);
        await e2e.slack.waitFor(3);
        routers[0]?.kill('SIGKILL');
        await routers[0]?.exit();
        // The one that is left also takes new events meanwhile.
        expect(await sendEvents(second, ids.slice(11))).toBe(200);
        await e2e.slack.waitFor(() => new Set(e2e.shown()).size === ids.length, takeoverMs);
        routers[1]?.kill('SIGTERM');
        expect(await routers[1]?.exit()).toEqual({ code: 0, signal: null });
        expect(e2e.shown().length - ids.length).toBeLessThanOrEqual(1);
      },
      takeoverMs * 3,
    );
  });

  describe('on one SQLite file', () => {
    it('are one too many: the second ends and says why, until the first one has gone', async () => {
      const first = e2e.start();
      const url = await first.url();
      const second = e2e.start();
      expect(await second.exit()).toEqual({ code: 1, signal: null });
      expect(second.output.trimEnd().split('\n')).toEqual([
        `The database data/router.db is in use by another process, which holds ${join(e2e.folder, 'data', 'router.db.lock')}.`,
        expect.stringContaining('postgres://'),
      ]);
      expect(await sendEvents(url, ['id-1'])).toBe(200);

      first.kill('SIGKILL');
      await first.exit();
      await e2e.start().url();
    });
  });
});
