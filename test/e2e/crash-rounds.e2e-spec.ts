import { setTimeout as pause } from 'node:timers/promises';
import { routersWithSlack, sendEvents } from '../support/routers-with-slack.js';
import { randomSeed } from '../support/random-seed.js';
import { until } from '../support/until.js';
import type { ScriptedAnswer } from '../support/fake-slack/scripted-answers.js';

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
  const e2e = routersWithSlack(rules);

  it(
    'shows every acknowledged alert, and repeats no more than the posts in flight at a kill',
    async () => {
      const random = randomNumbers(randomSeed);
      const acknowledged = new Set<string>();
      let next = 0;

      const sendUntil = async (url: string, stopped: { now: boolean }): Promise<void> => {
        while (!stopped.now) {
          const ids = [0, 1, 2].map(() => String(next++));
          const answer = await sendEvents(url, ids).catch(() => undefined);
          if (answer === 200) for (const id of ids) acknowledged.add(id);
        }
      };

      for (let round = 0; round < rounds; round++) {
        const router = e2e.start();
        const url = await router.url();
        const stopped = { now: false };
        const senders = [sendUntil(url, stopped), sendUntil(url, stopped)];
        for (const flap of flaps)
          if (random() < 0.5) e2e.slack.answerNext(flap, 1 + Math.floor(random() * 3));
        // The moment counts from the first answer, since a busy machine may take longer for that than for all the rest.
        const before = acknowledged.size;
        await until(async () => acknowledged.size > before);
        await pause(random() * 400);
        router.kill('SIGKILL');
        stopped.now = true;
        await Promise.all(senders);
        await router.exit();
      }

      e2e.slack.reset();
      const router = e2e.start();
      await e2e.slack.waitFor(() => {
        const seen = new Set(e2e.shown());
        return [...acknowledged].every((id) => seen.has(id));
      }, 60_000);
      router.kill('SIGTERM');
      expect(await router.exit()).toEqual({ code: 0, signal: null });
      expect(acknowledged.size).toBeGreaterThan(rounds);
      expect(e2e.shown().length - new Set(e2e.shown()).size).toBeLessThanOrEqual(rounds);
    },
    90_000 + rounds * 5_000,
  );
});
