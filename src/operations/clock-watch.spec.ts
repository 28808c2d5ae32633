import type { Kysely } from 'kysely';
import { FakeClock } from '../../test/support/fake-clock.js';
import { migrate } from '../storage/database/migrate.js';
import { openDatabase } from '../storage/database/open-database.js';
import { OutboxStore } from '../storage/outbox/outbox-store.js';
import type { Database } from '../storage/database/schema.js';
import { ClockWatch } from './clock-watch.js';
import type { Deliverer } from '../delivery/deliverer.js';

const minute = 60_000;
const hour = 60 * minute;

describe('ClockWatch', () => {
  let db: Kysely<Database>;
  let clock: FakeClock;
  let woken: string[];
  let watch: ClockWatch;

  beforeEach(async () => {
    db = openDatabase('sqlite::memory:');
    await migrate(db);
    clock = new FakeClock();
    woken = [];
    const deliverer = { wake: (channels: Iterable<string>) => void woken.push(...channels) };
    watch = new ClockWatch(db, deliverer as unknown as Deliverer, clock);
  });

  afterEach(() => db.destroy());

  /** Puts a message into a channel's queue, as a clock does that is so far ahead. */
  const add = (channel: string, aheadMs: number) =>
    new OutboxStore(db).add([{ id: channel, channel }], [], clock.now() + aheadMs);
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 1000) {
      clock.advance(1000);
      await watch.check();
    }
  };

  it('looks at the start, for what a run before this one left', async () => {
    await add('before', hour);
    await watch.check();
    expect(woken).toEqual(['before']);
  });

  it('looks as soon as the clock has gone back, and a few seconds later for what was still on its way', async () => {
    await pass(minute);
    clock.advance(hour);
    await pass(1000);
    await add('in-time', 0);
    clock.advance(-hour);
    await watch.check();
    expect(woken).toEqual(['in-time']);
    await add('on-its-way', hour);
    await pass(6000);
    expect(woken).toEqual(['in-time', 'on-its-way']);
  });

  it('finds within five minutes what came of a clock that it did not see', async () => {
    await pass(minute);
    await add('unseen', hour);
    await pass(5 * minute);
    expect(woken).toEqual(['unseen']);
  });

  it('looks again when a look failed', async () => {
    await add('later', hour);
    await db.schema.alterTable('silences').renameTo('away').execute();
    await expect(watch.check()).rejects.toThrow('no such table');
    await db.schema.alterTable('away').renameTo('silences').execute();
    clock.advance(1000);
    await add('too', hour);
    await watch.check();
    expect(woken).toContain('too');
  });
});
