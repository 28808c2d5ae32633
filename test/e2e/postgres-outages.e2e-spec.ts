import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { BatchLoad } from '../support/batch-load.js';
import { OwnPostgres } from '../support/own-postgres.js';
import { SpawnedProgram } from '../support/spawned-program.js';
import { FakeSlack } from '../support/fake-slack.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
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
  let slack: FakeSlack;
  let postgres: OwnPostgres;
  let proxy: TcpProxy;
  let folder: string;
  let router: SpawnedProgram;
  let load: BatchLoad;

  beforeEach(async () => {
    slack = await FakeSlack.start();
    postgres = await OwnPostgres.start();
    proxy = await TcpProxy.start(postgres.url);
    folder = await mkdtemp(join(tmpdir(), 'alert-router-outages-'));
    await writeFile(join(folder, 'rules.yaml'), rules);
    router = start();
    load = new BatchLoad(await router.url());
    await load.untilStored(20);
  }, 60_000);

  afterEach(async () => {
    await router.destroy();
    await load.abandon();
    await proxy.close();
    await postgres.close();
    await slack.close();
    await rm(folder, { recursive: true, force: true });
  });

  const start = (): SpawnedProgram =>
    SpawnedProgram.start(folder, process.execPath, [main], {
      HOST: '127.0.0.1',
      PORT: '0',
      AUTH0_LOG_STREAM_TOKEN: 'token',
      DATABASE_URL: proxy.url,
      SLACK_WEBHOOK_URL: slack.webhookUrl('hook'),
      // Fast enough that every message comes alone.
      SLACK_RATE: '1000',
      SLACK_BURST: '1000',
      DIGEST_AFTER: '1h',
      SHUTDOWN_GRACE: '5s',
      WATCH_RULES: 'false',
    });

  async function terminateSessions(): Promise<void> {
    const administrator = new Client({ connectionString: postgres.url });
    await administrator.connect();
    await administrator.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'alert-router'`,
    );
    await administrator.end();
  }

  const shown = (): (string | undefined)[] =>
    slack.messages.map((message) => /event ([\w-]+);/.exec(slack.textOf(message))?.[1]);

  /** Everything that was answered 2xx is shown, and only what a worker had in flight at an outage is shown twice. */
  async function expectNothingLost(outages: number): Promise<void> {
    await load.stop();
    expect(load.failures).toEqual([]);
    expect([...new Set(load.refusals)]).toEqual(load.refusals.length === 0 ? [] : ['5']);
    const missing = (): string[] => {
      const seen = new Set(shown());
      return load.stored.filter((id) => !seen.has(id));
    };
    await load.until('everything shown', () => missing().length === 0, deliveredWithinMs);
    expect(shown().length - new Set(shown()).size).toBeLessThanOrEqual(4 * outages);
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
