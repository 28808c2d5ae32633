import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { connectDatabase, type ConnectedDatabase } from './connect-database.js';
import { PostgresBus } from './postgres-bus.js';
import { SystemTimer } from '../../app/system-time.js';
import { emptyPostgres } from '../../../test/support/databases.js';

/** One replica's bus, with what it heard. */
class Replica {
  readonly heard: (string | undefined)[] = [];
  private readonly bus: PostgresBus;
  private watchers: (() => void)[] = [];

  private constructor(private readonly database: ConnectedDatabase) {
    this.bus = new PostgresBus(database, new SystemTimer());
    this.bus.subscribe('deliveries', (payload) => this.hear(payload));
    this.bus.subscribe('rules', (payload) =>
      this.hear(payload === undefined ? undefined : `rules ${payload}`),
    );
  }

  static async start(url: string): Promise<Replica> {
    const connected = await connectDatabase(url);
    if (!connected.ok) throw new Error(connected.problem);
    const replica = new Replica(connected.database);
    replica.bus.start();
    return replica;
  }

  publish(...channels: readonly string[]): void {
    this.bus.publish('deliveries', channels);
  }

  reload(): void {
    this.bus.publish('rules', ['reload']);
  }

  /** Resolves as soon as it has heard that. */
  async until(holds: (heard: readonly (string | undefined)[]) => boolean): Promise<void> {
    while (!holds(this.heard)) await new Promise<void>((resolve) => this.watchers.push(resolve));
  }

  async close(): Promise<void> {
    await this.bus.close();
    await this.database.close();
  }

  private hear(payload: string | undefined): Promise<void> {
    this.heard.push(payload);
    for (const watcher of this.watchers.splice(0)) watcher();
    return Promise.resolve();
  }
}

describe('the bus on PostgreSQL', () => {
  let url: string;
  let remove: () => Promise<void>;
  let replicas: Replica[];
  let admin: Client;

  // A lost connection is logged, as it should be.
  beforeAll(() => Logger.overrideLogger(false));

  beforeEach(async () => {
    ({ url, remove } = await emptyPostgres());
    replicas = [await Replica.start(url), await Replica.start(url)];
    admin = new Client({ connectionString: url });
    await admin.connect();
    await listeners(2);
  });

  afterEach(async () => {
    for (const replica of replicas) await replica.close();
    await admin.end();
    await remove();
  });

  const listening = `from pg_stat_activity where datname = current_database() and query ~ '^(listen|select 1)'
    and pid <> pg_backend_pid() and state = 'idle'`;

  /** Resolves when so many listen. */
  async function listeners(count: number): Promise<void> {
    for (;;) {
      const { rows } = await admin.query<{ count: string }>(
        `select count(*) as count ${listening} and query like 'listen %rules'`,
      );
      if (Number(rows[0]?.count) === count) return;
    }
  }

  it('carries to the others what one says, each thing once while it waits', async () => {
    const [a, b] = replicas as [Replica, Replica];
    a.publish();
    await new Promise(setImmediate);
    a.publish('security');
    a.publish('iam', 'ops', 'iam');
    a.reload();
    await b.until((heard) => heard.length === 4);
    expect(b.heard.toSorted()).toEqual(['iam', 'ops', 'rules reload', 'security']);
    b.publish('security');
    await a.until((heard) => heard.length === 1);
    // A replica never hears itself.
    expect(a.heard).toEqual(['security']);
  });

  it('carries hundreds of things at once', async () => {
    const [a, b] = replicas as [Replica, Replica];
    const channels = Array.from({ length: 500 }, (_, index) => `${'long-'.repeat(20)}${index}`);
    a.publish(...channels);
    await b.until((heard) => heard.length === 500);
    expect(b.heard.toSorted()).toEqual(channels.toSorted());
  });

  it('listens again after it lost its connection, and says that something may have been missed', async () => {
    const [a, b] = replicas as [Replica, Replica];
    await admin.query(`select pg_terminate_backend(pid) ${listening}`);
    await b.until((heard) => heard.length === 2);
    // One for each topic.
    expect(b.heard).toEqual([undefined, undefined]);
    a.publish('security');
    await b.until((heard) => heard.length === 3);
    expect(b.heard[2]).toBe('security');
  });

  it('sends before it closes what was said before', async () => {
    const [a, b] = replicas as [Replica, Replica];
    replicas.shift();
    a.publish('security');
    await a.close();
    await b.until((heard) => heard.length === 1);
    expect(b.heard).toEqual(['security']);
  });
});
