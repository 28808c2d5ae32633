import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SpawnedProgram } from '../support/spawned-program.js';
import { FakeSlack } from '../support/fake-slack.js';
import { randomSeed } from '../support/random-seed.js';
import type { ScriptedAnswer } from '../support/fake-slack/scripted-answers.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const rounds = Number(process.env['CRASH_ROUNDS'] ?? 5);
const rules = `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules: [{ id: failures, match: { types: [f] } }]
`;
const flaps: readonly ScriptedAnswer[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
  { kind: 'drop' },
  { kind: 'reset' },
];

/** Mulberry32: the same numbers for the same seed. */
function randomNumbers(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe(`kill -9 at random moments while Slack flaps, ${rounds} rounds with seed ${randomSeed}`, () => {
  let slack: FakeSlack;
  let folder: string;
  let router: SpawnedProgram | undefined;

  beforeAll(async () => {
    slack = await FakeSlack.start();
    folder = await mkdtemp(join(tmpdir(), 'alert-router-rounds-'));
    await writeFile(join(folder, 'rules.yaml'), rules);
  });

  afterAll(async () => {
    await slack.close();
    await router?.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  const start = (): SpawnedProgram =>
    SpawnedProgram.start(folder, process.execPath, [main], {
      HOST: '127.0.0.1',
      PORT: '0',
      AUTH0_LOG_STREAM_TOKEN: 'token',
      SLACK_WEBHOOK_URL: slack.webhookUrl('hook'),
      // Fast enough that every message comes alone.
      SLACK_RATE: '1000',
      SLACK_BURST: '1000',
    });
  const shown = (): string[] =>
    slack.messages.map((message) => /event (\d+);/.exec(slack.textOf(message))?.[1] ?? '');

  it(
    'shows every acknowledged alert, and repeats no more than the posts in flight at a kill',
    async () => {
      const random = randomNumbers(randomSeed);
      const acknowledged = new Set<string>();
      let next = 0;

      const sendUntil = async (url: string, stopped: { now: boolean }): Promise<void> => {
        while (!stopped.now) {
          const ids = [0, 1, 2].map(() => String(next++));
          const batch = ids.map((id) => ({ type: 'f', log_id: id, description: `event ${id};` }));
          const answer = await fetch(`${url}/api/logs`, {
            method: 'POST',
            headers: { authorization: 'token' },
            body: JSON.stringify(batch),
          }).catch(() => undefined);
          if (answer?.status === 200) for (const id of ids) acknowledged.add(id);
        }
      };

      for (let round = 0; round < rounds; round++) {
        router = start();
        const url = await router.url();
        const stopped = { now: false };
        const senders = [sendUntil(url, stopped), sendUntil(url, stopped)];
        for (const flap of flaps) if (random() < 0.5) slack.answerNext(flap, 1 + Math.floor(random() * 3));
        await pause(50 + random() * 400);
        router.kill('SIGKILL');
        stopped.now = true;
        await Promise.all(senders);
        await router.exit();
      }

      slack.reset();
      router = start();
      await slack.waitFor(() => {
        const seen = new Set(shown());
        return [...acknowledged].every((id) => seen.has(id));
      }, 60_000);
      router.kill('SIGTERM');
      expect(await router.exit()).toEqual({ code: 0, signal: null });
      expect(acknowledged.size).toBeGreaterThan(rounds);
      expect(shown().length - new Set(shown()).size).toBeLessThanOrEqual(rounds);
    },
    90_000 + rounds * 5_000,
  );
});
