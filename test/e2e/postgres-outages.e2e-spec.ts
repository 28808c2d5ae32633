import { Client } from 'pg';
import { BatchLoad } from '../support/batch-load.js';
import { OwnPostgres } from '../support/own-postgres.js';
import { routersWithSlack } from '../support/routers-with-slack.js';
import type { SpawnedProgram } from '../support/spawned-program.js';
import { TcpProxy } from '../support/tcp-proxy.js';

// A channel, and thus a worker and a lease, for each sender of the load.
const rules = `
version: 1
heartbeat: { after: 1h }
ops: { channel: hook-0 }
channels:
${[0, 1, 2, 3].map((n) => `  hook-${n}: { webhook: "\${SLACK_WEBHOOK_URL}-${n}" }`).join('\n')}
rules:
${[0, 1, 2, 3].map((n) => `  - { id: failures-${n}, match: { types: [f${n}] }, channels: [hook-${n}] }`).join('\n')}
`;
/** How long it may take until a batch is stored again after the database is back, and until all is delivered, in ms. */
const [backWithinMs, deliveredWithinMs] = [15_000, 60_000] as const;

describe('a router under load whose PostgreSQL', () => {
  const e2e = routersWithSlack(rules, { DIGEST_AFTER: '1h', SHUTDOWN_GRACE: '5s', WATCH_RULES: 'false' });
  let postgres: OwnPostgres;
  let proxy: TcpProxy;
  let router: SpawnedProgram;
  let load: BatchLoad;

  beforeEach(async () => {
    postgres = await OwnPostgres.start();
    proxy = await TcpProxy.start(postgres.url);
    router = e2e.start({ DATABASE_URL: proxy.url });
    load = new BatchLoad(await router.url());
    await load.untilStored(20);
  }, 60_000);

  afterEach(async () => {
    await router.destroy();
    await load.abandon();
    await proxy.close();
    await postgres.close();
  });

  async function terminateSessions(): Promise<void> {
    const administrator = new Client({ connectionString: postgres.url });
    await administrator.connect();
    await administrator.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'alert-router'`,
    );
    await administrator.end();
  }

  /** Everything that was answered 2xx is shown, and only what a worker had in flight at an outage is shown twice. */
  async function expectNothingLost(outages: number): Promise<void> {
    await load.stop();
    expect(load.failures).toEqual([]);
    expect([...new Set(load.refusals)]).toEqual(load.refusals.length === 0 ? [] : ['5']);
    const missing = (): string[] => {
      const seen = new Set(e2e.shown());
      return load.stored.filter((id) => !seen.has(id));
    };
    await load.until('everything shown', () => missing().length === 0, deliveredWithinMs);
    expect(e2e.shown().length - new Set(e2e.shown()).size).toBeLessThanOrEqual(4 * outages);
    router.kill('SIGTERM');
    expect(await router.exit()).toEqual({ code: 0, signal: null });
  }

  it.each(['in order', 'at once'] as const)(
    'is stopped %s and started again answers 503 meanwhile, and loses nothing',
    async (how) => {
      await postgres.stop(how);
      await load.untilRefused(8);
      await postgres.startAgain();
      await load.untilStored(20, backWithinMs);
      await expectNothingLost(1);
    },
    180_000,
  );

  it('ends every session, several times, loses no alert', async () => {
    for (let round = 0; round < 4; round += 1) {
      await terminateSessions();
      await load.untilStored(20, backWithinMs);
    }
    await expectNothingLost(4);
  }, 180_000);

  it('is behind a network that resets every connection, several times, loses no alert', async () => {
    for (let round = 0; round < 4; round += 1) {
      proxy.reset();
      await load.untilStored(20, backWithinMs);
    }
    await expectNothingLost(4);
  }, 180_000);

  it('is behind a network that freezes answers 503 at the deadline, and goes on when it thaws', async () => {
    proxy.freeze();
    await load.untilRefused(8);
    proxy.thaw();
    await load.untilStored(20, backWithinMs);
    await expectNothingLost(1);
  }, 180_000);

  it('has failed over, so that old connections never answer and new ones do, goes on with new ones', async () => {
    proxy.freeze();
    await load.untilRefused(4);
    proxy.replace();
    await load.untilStored(20, 2 * backWithinMs);
    await expectNothingLost(1);
  }, 180_000);

  it('is 200 ms away stores batches all the same, and loses no alert', async () => {
    proxy.delay(100);
    await load.untilStored(20);
    expect(load.refusals).toEqual([]);
    proxy.delay(0);
    await expectNothingLost(0);
  }, 180_000);

  it('is behind a frozen network ends with 0 after the grace period all the same', async () => {
    proxy.freeze();
    router.kill('SIGTERM');
    expect(await router.exit()).toEqual({ code: 0, signal: null });
  }, 60_000);
});
