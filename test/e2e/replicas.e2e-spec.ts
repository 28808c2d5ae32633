import { until } from '../support/until.js';
import { emptyPostgres, type EmptyDatabase } from '../support/databases.js';
import { RunningApp } from '../support/running-app.js';
import { FakeSlack } from '../support/fake-slack.js';

const rules = `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules:
  - { id: failures, match: { types: [f] } }
  - { id: once, match: { types: [w] }, throttle: { every: 1h, by: [user_name] } }
`;
/** Less than it takes for a lease to run out, or for a sweep to find what waits. */
const soonMs = 4_000;

/** With text that UTF-8, or PostgreSQL, has no place for. */
const odd = (id: string) => ({
  log_id: `${id}\u0000\ud800`,
  data: { type: 'w', description: `event ${id};\u0000\udfff`, user_name: 'a\u0000\ud800', log_id: id },
});

const failure = (id: string) => ({
  log_id: id,
  data: { type: 'f', description: `event ${id};`, log_id: id },
});

const ruleIds = async (app: RunningApp): Promise<string[]> =>
  ((await (await app.admin('rules')).json()) as { items: { id: string }[] }).items.map(({ id }) => id);

const reload = async (app: RunningApp, query = ''): Promise<number> =>
  (await app.admin(`rules/reload${query}`, { method: 'POST' })).status;

describe('two replicas on one PostgreSQL database', () => {
  let slack: FakeSlack;
  let database: EmptyDatabase;
  let running: RunningApp[];
  let a: RunningApp;
  let b: RunningApp;

  beforeEach(async () => {
    slack = await FakeSlack.start();
    database = await emptyPostgres();
    const environment = {
      DATABASE_URL: database.url,
      SLACK_WEBHOOK_URL: slack.webhookUrl('hook'),
      SLACK_RATE: '1000',
      SLACK_BURST: '1000',
      WATCH_RULES: 'false',
    };
    // Both at once, so that both bring the empty database up to date.
    running = [];
    const start = async () => void running.push(await RunningApp.start(rules, environment));
    await Promise.all([start(), start()]);
    [a, b] = running as [RunningApp, RunningApp];
  });

  afterEach(async () => {
    for (const app of running) await app.close();
    await slack.close();
    await database.remove();
  });

  const shown = (): (string | undefined)[] =>
    slack.messages.map((message) => /event ([\w-]+);/.exec(slack.textOf(message))?.[1]);

  it('post each event once, whichever of them takes it', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `id-${index}`);
    for (const [index, id] of ids.entries()) {
      const answer = await (index % 2 === 0 ? a : b).send([failure(id)]);
      expect(answer.status).toBe(200);
    }
    await slack.waitFor(ids.length);
    for (const app of running) await app.stop();
    expect(shown().toSorted()).toEqual(ids.toSorted());
  });

  it('alert once about an event that both are sent at once', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `id-${index}`);
    const batches = ids.map((id) => [failure(id), failure('in-every-batch')]);
    const answers = await Promise.all(
      batches.flatMap((batch) => [a.send(batch), b.send(batch.toReversed())]),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await slack.waitFor(ids.length + 1);
    for (const app of running) await app.stop();
    expect(shown().toSorted()).toEqual([...ids, 'in-every-batch'].toSorted());
  });

  it('share throttles, and take what PostgreSQL can’t hold', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? a : b).send([odd(`id-${index}`)])),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await slack.waitFor(1);
    for (const app of running) await app.stop();
    expect(slack.messages).toHaveLength(1);
  });

  it('deliver at once what the other one took, and what the other one had when it stops', async () => {
    const ids = Array.from({ length: 6 }, (_, index) => `id-${index}`);
    // The lease is with one of them, so every other one is taken where it is not.
    for (const [index, id] of ids.entries()) {
      await (index % 2 === 0 ? a : b).send([failure(id)]);
      await slack.waitFor(index + 1, soonMs);
    }
    await a.stop();
    await b.send([failure('after')]);
    await slack.waitFor(ids.length + 1, soonMs);
    expect(shown()).toEqual([...ids, 'after']);
  });

  describe('reload', () => {
    const more = `${rules}  - { id: third, match: { types: [fp] } }\n`;
    it('reaches the other, which reads its own file', async () => {
      await a.writeRules(more);
      await b.writeRules(more.replace('third', 'own'));
      expect(await reload(a)).toBe(200);
      await until(async () => (await ruleIds(b)).length === 3);
      expect(await ruleIds(a)).toContain('third');
      expect(await ruleIds(b)).toContain('own');
    });

    it('leaves the other alone when it is a dry run, or fails; and a bad file over there changes nothing', async () => {
      await b.writeRules(more);
      await a.writeRules(more);
      expect(await reload(a, '?dryRun=true')).toBe(200);
      await a.writeRules('rules: [');
      expect(await reload(a)).toBe(422);
      // What b says arrives after what a may have said.
      await a.writeRules(more);
      await b.writeRules('rules: [');
      expect(await ruleIds(b)).toHaveLength(2);
      expect(await reload(a)).toBe(200);
      await until(async () =>
        (await (await fetch(`${b.url}/readyz`)).text()).includes('"reload":{"status":"down"}'),
      );
      expect(await ruleIds(b)).toHaveLength(2);
      expect(await ruleIds(a)).toHaveLength(3);
    });
  });
});
