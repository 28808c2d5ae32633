import type { Kysely } from 'kysely';
import { FakeClock } from '../../test/support/fake-clock.js';
import type { Notice } from '../domain/alerting/message.js';
import type { CurrentRules } from '../rules/reload/current-rules.js';
import { migrate } from '../storage/database/migrate.js';
import { openDatabase } from '../storage/database/open-database.js';
import type { Database } from '../storage/database/schema.js';
import { shortenWaits } from '../storage/outbox/shorten-waits.js';
import type { Deliverer } from '../delivery/deliverer.js';
import type { OpsNotices } from './ops-notices.js';
import { Gaps } from './gaps.js';
import { Watchdog } from './watchdog.js';

const minute = 60_000;

describe('Watchdog', () => {
  let db: Kysely<Database>;
  let clock: FakeClock;
  let rules: { current: { heartbeatMs?: number } };
  let reported: string[];
  let replica: () => Watchdog;
  let dog: Watchdog;

  beforeEach(async () => {
    db = openDatabase('sqlite::memory:');
    await migrate(db);
    clock = new FakeClock();
    rules = { current: { heartbeatMs: 15 * minute } };
    reported = [];
    const notices = {
      add: (_outbox: unknown, { title, detail }: Omit<Notice, 'at'>) => {
        reported.push(`${title}: ${detail.split(/\. Auth0/)[0]}`);
        return Promise.resolve(['ops']);
      },
    };
    const deliverer = { wake: () => undefined };
    replica = () =>
      new Watchdog(
        db,
        rules as CurrentRules,
        notices as unknown as OpsNotices,
        deliverer as unknown as Deliverer,
        clock,
        new Gaps(),
      );
    dog = replica();
    await dog.check();
  });

  afterEach(() => db.destroy());

  /** As the ticker does. */
  const pass = async (ms: number, ...dogs: readonly Watchdog[]): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 1000) {
      clock.advance(1000);
      for (const each of dogs.length === 0 ? [dog] : dogs) await each.check();
    }
  };
  const stored = async (): Promise<number | undefined> =>
    (await db.selectFrom('heartbeat').select('last_event_at').executeTakeFirst())?.last_event_at;

  it('warns once when no event has come since the start, and reports once when they are back', async () => {
    await pass(15 * minute - 1000);
    expect(reported).toEqual([]);
    await pass(1000);
    expect(reported).toEqual(['No event has arrived for 15m: None since 2026-01-15 12:00:00 UTC']);
    await pass(2 * minute);
    dog.eventArrived(clock.now());
    clock.advance(500);
    dog.eventArrived(clock.now());
    await pass(minute);
    expect(reported.slice(1)).toEqual([
      'Events arrive again: None came for 17m, from 2026-01-15 12:00:00 UTC to 2026-01-15 12:17:00 UTC.',
    ]);
  });

  it('is quiet as long as events come', async () => {
    for (let passed = 0; passed < 40; passed += 1) {
      dog.eventArrived(clock.now());
      await pass(minute);
    }
    expect(reported).toEqual([]);
  });

  it('writes what arrives every five seconds at most, and nothing by itself', async () => {
    const start = clock.now();
    await pass(10_000);
    dog.eventArrived(clock.now());
    expect(await stored()).toBe(start);
    const writes = new Set<number | undefined>();
    for (let second = 0; second < 20; second += 1) {
      dog.eventArrived(clock.now());
      await pass(1000);
      writes.add(await stored());
    }
    expect(writes.size).toBe(4);
  });

  it('knows over a restart when the last event came, and what it has reported', async () => {
    await pass(14 * minute);
    dog.eventArrived(clock.now());
    await dog.beforeApplicationShutdown();
    clock.advance(14 * minute);
    dog = replica();
    await dog.check();
    expect(reported).toEqual([]);
    await pass(minute);
    expect(reported).toHaveLength(1);
    dog = replica();
    await pass(minute);
    expect(reported).toHaveLength(1);
    dog.eventArrived(clock.now());
    await pass(6000);
    expect(reported[1]).toContain('None came for 16m, from 2026-01-15 12:14:00 UTC');
  });

  it('counts what any replica takes, and one of them reports it', async () => {
    const other = replica();
    for (let passed = 0; passed < 20; passed += 1) {
      other.eventArrived(clock.now());
      await pass(minute, dog, other);
    }
    expect(reported).toEqual([]);
    await pass(16 * minute, dog, other);
    expect(reported).toHaveLength(1);
    dog.eventArrived(clock.now());
    other.eventArrived(clock.now());
    await pass(minute, dog, other);
    expect(reported).toHaveLength(2);
  });

  it('starts afresh when the rules ask for it again', async () => {
    await pass(10 * minute);
    rules.current = {};
    await pass(30 * minute);
    expect(await stored()).toBeUndefined();
    rules.current = { heartbeatMs: 15 * minute };
    await pass(15 * minute);
    expect(reported).toEqual([]);
    await pass(1000);
    expect(reported).toHaveLength(1);
  });

  it('goes on in time when the clock was an hour ahead and has gone back', async () => {
    clock.advance(60 * minute);
    dog.eventArrived(clock.now());
    await pass(1000);
    clock.advance(-60 * minute);
    await shortenWaits(db, clock.now());
    expect(await stored()).toBe(clock.now());
    await pass(10 * minute);
    dog.eventArrived(clock.now());
    await pass(15 * minute - 1000);
    expect(await stored()).toBe(clock.now() - 15 * minute + 1000);
    expect(reported).toEqual([]);
    await pass(1000);
    expect(reported).toEqual(['No event has arrived for 15m: None since 2026-01-15 12:10:01 UTC']);
  });

  it('forgets no arrival that could not be written', async () => {
    await pass(20 * minute);
    expect(reported).toHaveLength(1);
    dog.eventArrived(clock.now());
    clock.advance(30_000);
    dog.eventArrived(clock.now());
    await db.schema.alterTable('heartbeat').renameTo('elsewhere').execute();
    clock.advance(5000);
    await expect(dog.check()).rejects.toThrow('heartbeat');
    await db.schema.alterTable('elsewhere').renameTo('heartbeat').execute();
    dog.eventArrived(clock.now());
    await pass(5000);
    expect(reported[1]).toContain('None came for 20m,');
  });
});
