import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import Libsql from 'libsql';
import { databases } from '../../../test/support/databases.js';
import { returnFreeSpace } from './free-space.js';
import { openDatabase } from './open-database.js';

describe('the space of deleted rows', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-space-'));
    path = join(folder, 'router.db');
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** Gives all of it back, and the size of the file in bytes before and after. */
  const shrink = async (): Promise<readonly [before: number, after: number]> => {
    const db = openDatabase(`sqlite:${path}`);
    await sql`create table if not exists filler (text text)`.execute(db);
    await sql`
      insert into filler select hex(randomblob(1000)) from (
        with recursive many(n) as (select 1 union all select n + 1 from many where n < 4000) select n from many
      )
    `.execute(db);
    await sql`delete from filler`.execute(db);
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
    const before = (await stat(path)).size;
    while (await returnFreeSpace(db, 0));
    await db.destroy();
    return [before, (await stat(path)).size];
  };

  it('is given back to the file system', async () => {
    const [before, after] = await shrink();
    expect(before).toBeGreaterThan(4_000_000);
    expect(after).toBeLessThan(200_000);
  });

  it('is given back by a file that an earlier version made, too', async () => {
    const earlier = new Libsql(path);
    earlier.pragma('journal_mode = WAL');
    earlier.exec(`create table kept (text text); insert into kept values ('still there')`);
    earlier.close();
    expect((await shrink())[1]).toBeLessThan(200_000);
    const again = new Libsql(path);
    expect(again.prepare('select text from kept').all()).toEqual([{ text: 'still there' }]);
    again.close();
  });

  it.each(databases)('is left alone while it is little, on $name', async ({ open }) => {
    const { db, close } = await open();
    expect(await returnFreeSpace(db)).toBe(false);
    await close();
  });
});
