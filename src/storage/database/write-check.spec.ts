import { Logger } from '@nestjs/common';
import { sql } from 'kysely';
import Libsql from 'libsql';
import { WriteCheck } from './write-check.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { FakeTimer } from '../../../test/support/fake-timer.js';

let database: TestDatabase;
let clock: FakeClock;
let timer: FakeTimer;
let check: WriteCheck;

const prepare = (open: () => Promise<TestDatabase>) => async (): Promise<void> => {
  Logger.overrideLogger(false);
  database = await open();
  clock = new FakeClock();
  timer = new FakeTimer(clock);
  check = new WriteCheck(database.db, clock, timer);
};
const rows = async (): Promise<number> =>
  (await database.db.selectFrom('write_probe').select('id').execute()).length;

describe.each(databases)('the write check on $name', ({ open }) => {
  beforeEach(prepare(open));
  afterEach(() => database.close());

  it('writes, at most once every few seconds, however many ask', async () => {
    expect(await Promise.all([check.canWrite(), check.canWrite(), check.canWrite()])).toEqual([
      true,
      true,
      true,
    ]);
    expect(await rows()).toBe(1);
    await database.db.deleteFrom('write_probe').execute();
    expect([await check.canWrite(), await rows()]).toEqual([true, 0]);
    clock.advance(3_000);
    expect([await check.canWrite(), await rows()]).toEqual([true, 1]);
    clock.advance(3_000);
    expect([await check.canWrite(), await rows()]).toEqual([true, 1]);
  });

  it('writes at once when another write has failed, unless it knows already', async () => {
    await check.canWrite();
    await sql`alter table write_probe rename to away`.execute(database.db);
    check.doubt();
    expect(await check.canWrite()).toBe(false);
    await sql`alter table away rename to write_probe`.execute(database.db);
    check.doubt();
    expect(await check.canWrite()).toBe(false);
  });

  it('says no while the write fails, and yes again when it does not', async () => {
    await sql`alter table write_probe rename to away`.execute(database.db);
    expect(await check.canWrite()).toBe(false);
    await sql`alter table away rename to write_probe`.execute(database.db);
    expect(await check.canWrite()).toBe(false);
    clock.advance(3_000);
    expect(await check.canWrite()).toBe(true);
  });
});

describe('the write check on a SQLite file', () => {
  beforeEach(prepare(databases[0]!.open));
  afterEach(() => database.close());

  it('says no without room', async () => {
    await sql`pragma max_page_count = 1`.execute(database.db);
    expect(await check.canWrite()).toBe(false);
    await sql`pragma max_page_count = 1000000`.execute(database.db);
    clock.advance(3_000);
    expect(await check.canWrite()).toBe(true);
  });

  it('says no when another process writes for too long, and adds no second write to the one that waits', async () => {
    const other = new Libsql(database.url.slice('sqlite:'.length));
    other.exec('begin immediate');
    const first = check.canWrite();
    await timer.asleep();
    const advanced = timer.advance(3_000);
    expect(await first).toBe(false);

    const second = check.canWrite();
    other.exec('rollback');
    other.close();
    expect(await second).toBe(true);
    await advanced;
  });
});
