import { openDatabase } from '../../src/storage/database/open-database.js';
import { emptyPostgres } from '../support/databases.js';
import { FakeAuth0 } from '../support/fake-auth0.js';
import { routersWithSlack } from '../support/routers-with-slack.js';
import { until } from '../support/until.js';

/** With 10000 the spec takes a minute and more. */
const killedEvents = Number(process.env['KILLED_EVENTS'] ?? 4_000);
// The alerts wait for others of their group, so that the specs wait for the reading alone.
const rules = `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules: [{ id: failures, match: { types: [fu] }, group: { by: [type], wait: 10m } }]
`;

describe("the tenant's logs, read by routers that are killed", () => {
  const e2e = routersWithSlack(rules, { AUTH0_LOGS: 'pull', AUTH0_PULL_EVERY: '1s' });
  let auth0: FakeAuth0;

  beforeEach(async () => {
    auth0 = await FakeAuth0.start();
  });

  afterEach(() => auth0.close());

  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
  const start = (environment: Record<string, string> = {}) =>
    e2e.start({ ...auth0.settings, AUTH0_LOGS_FROM: '2020-01-01', ...environment });
  const sqlite = (): string => `sqlite:${e2e.folder}/data/router.db`;
  /** The numbers of the events that raised alerts, in the order of the alerts. */
  const alerted = async (url: string): Promise<number[]> => {
    const db = openDatabase(url);
    try {
      const rows = await db.selectFrom('alerts').select('log_id').orderBy('id').execute();
      return rows.map((row) => Number(row.log_id.slice(-12)));
    } catch {
      return [];
    } finally {
      await db.destroy();
    }
  };
  const pages = (): number => auth0.count('/api/v2/logs');

  it('alert once each and in order, 10,000 that were recorded while no router ran', async () => {
    auth0.tenant.logMany(10_000);
    const router = start();
    await router.url();
    await until(async () => pages() > 100 && (await alerted(sqlite())).length >= 10_000, 30_000);
    expect(await alerted(sqlite())).toEqual(numbers(10_000));
  }, 60_000);

  it('alert once each and in order with a kill -9 every second', async () => {
    auth0.tenant.logMany(killedEvents);
    auth0.fail({ kind: 'slow', ms: 5 }, Number.POSITIVE_INFINITY, '/api/v2/logs');
    let kills = 0;
    for (let done = 0; done < killedEvents; kills += 1) {
      const router = start();
      await router.url();
      const before = pages();
      // The second counts from the first page, since a busy machine may take longer than that to start.
      await until(() => Promise.resolve(pages() > before), 30_000);
      const killAt = Date.now() + 1_000;
      await until(() => Promise.resolve(Date.now() >= killAt));
      await router.destroy();
      done = (await alerted(sqlite())).length;
    }
    expect(kills).toBeGreaterThan(1);
    expect(await alerted(sqlite())).toEqual(numbers(killedEvents));
  }, 150_000);

  it('are read on after a kill between two pages', async () => {
    auth0.tenant.logMany(350);
    auth0.fail({ kind: 'slow', ms: 0 }, 2, '/api/v2/logs');
    auth0.fail({ kind: 'hang' }, 1, '/api/v2/logs');
    const router = start();
    await until(async () => pages() === 2 && (await alerted(sqlite())).length > 100);
    await router.destroy();
    // The router may have been killed before it asked for the page that would have hung.
    auth0.clearFaults();
    expect((await alerted(sqlite())).length).toBeLessThan(350);
    const next = start();
    await next.url();
    await until(async () => (await alerted(sqlite())).length >= 350);
    expect(await alerted(sqlite())).toEqual(numbers(350));
  }, 60_000);

  it('are read by one of two replicas on PostgreSQL, and by the other once that is killed', async () => {
    const database = await emptyPostgres();
    const routers = [];
    try {
      for (let replica = 0; replica < 2; replica += 1) {
        const router = start({ DATABASE_URL: database.url });
        routers.push(router);
        await router.url();
      }
      auth0.tenant.logMany(250);
      await until(async () => (await alerted(database.url)).length >= 250, 30_000);
      const [first] = routers;
      await first?.destroy();
      auth0.tenant.logMany(250);
      await until(async () => (await alerted(database.url)).length >= 500, 30_000);
      expect(await alerted(database.url)).toEqual(numbers(500));
      expect(auth0.tokens.issued).toBe(2);
    } finally {
      for (const router of routers) await router.destroy();
      await database.remove();
    }
  }, 150_000);
});
