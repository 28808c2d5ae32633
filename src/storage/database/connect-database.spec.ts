import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Libsql from 'libsql';
import { connectDatabase, type ConnectedDatabase } from './connect-database.js';
import { emptyPostgres } from '../../../test/support/databases.js';

async function problemOf(url: string): Promise<string> {
  const result = await connectDatabase(url);
  if (!result.ok) return result.problem;
  await result.database.close();
  throw new Error('it connected');
}

describe('connectDatabase', () => {
  let folder: string;
  let opened: ConnectedDatabase[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-connect-'));
    opened = [];
  });

  afterEach(async () => {
    for (const database of opened) await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function connect(url: string): Promise<ConnectedDatabase> {
    const result = await connectDatabase(url);
    if (!result.ok) throw new Error(result.problem);
    opened.push(result.database);
    return result.database;
  }

  async function expectEmpty({ db }: ConnectedDatabase): Promise<void> {
    expect(await db.selectFrom('deliveries').selectAll().execute()).toEqual([]);
  }

  describe('to a SQLite file', () => {
    it('creates its folder, and keeps others out until it is closed', async () => {
      const path = join(folder, 'data', 'router.db');
      const first = await connect(`sqlite:${path}`);
      const problem = await problemOf(`sqlite:${path}`);
      expect(problem).toContain(
        `The database ${path} is in use by another process, which holds ${path}.lock.`,
      );
      expect(problem).toContain('postgres://');
      // The one that has it goes on.
      await expectEmpty(first);

      await opened.pop()?.close();
      await connect(`sqlite:${path}`);
    });

    it('has everything in the file itself once it is closed, for a copy of that one file', async () => {
      const first = await connect(`sqlite:${join(folder, 'router.db')}`);
      await first.db.insertInto('seen_events').values({ log_id: 'the newest', seen_at: 1 }).execute();
      await opened.pop()?.close();
      await copyFile(join(folder, 'router.db'), join(folder, 'copy.db'));
      const copy = await connect(`sqlite:${join(folder, 'copy.db')}`);
      expect(await copy.db.selectFrom('seen_events').select('log_id').execute()).toEqual([
        { log_id: 'the newest' },
      ]);
    });

    it('closes while somebody else reads the file', async () => {
      const first = await connect(`sqlite:${join(folder, 'router.db')}`);
      const reader = new Libsql(join(folder, 'router.db'));
      reader.exec('begin');
      reader.prepare('select * from seen_events').all();
      await first.db.insertInto('seen_events').values({ log_id: 'the newest', seen_at: 1 }).execute();
      await opened.pop()?.close();
      reader.exec('rollback');
      reader.close();
      const again = await connect(`sqlite:${join(folder, 'router.db')}`);
      expect(await again.db.selectFrom('seen_events').selectAll().execute()).toHaveLength(1);
    });

    it('notices another name for the same file', async () => {
      await connect(`sqlite:${join(folder, 'router.db')}`);
      await symlink(join(folder, 'router.db'), join(folder, 'link.db'));
      await symlink(folder, join(folder, 'here'));
      expect(await problemOf(`sqlite:${join(folder, 'link.db')}`)).toContain('is in use');
      expect(await problemOf(`sqlite:${join(folder, 'here', 'router.db')}`)).toContain('is in use');
    });

    it('takes different files, and any number of databases in memory', async () => {
      for (const path of [join(folder, 'a.db'), join(folder, 'b.db'), ':memory:', ':memory:'])
        await expectEmpty(await connect(`sqlite:${path}`));
    });

    it('says what is wrong with a file that is no database, and lets go of it', async () => {
      const path = join(folder, 'router.db');
      await writeFile(path, 'no database'.repeat(1000));
      expect(await problemOf(`sqlite:${path}`)).toMatch(/^The database can't be opened: .*not a database/);
      await rm(path);
      await connect(`sqlite:${path}`);
    });

    it('says that a folder can’t be made', async () => {
      const file = join(folder, 'file');
      await writeFile(file, '');
      for (const path of [join(file, 'router.db'), join(file, 'data', 'router.db')])
        expect(await problemOf(`sqlite:${path}`)).toBe(
          `The database can't be opened: ${file} is a file, so there can be no folder ${dirname(path)}. Set DATABASE_URL to another path.`,
        );
    });

    it('says that a path is a folder', async () => {
      const path = join(folder, 'data');
      await mkdir(path);
      expect(await problemOf(`sqlite:${path}`)).toBe(
        `The database can't be opened: ${path} is a folder. Set DATABASE_URL to a file in it, for example sqlite:${path}/router.db.`,
      );
    });

    it('says that another process writes for too long, and lets go of the file', async () => {
      const path = join(folder, 'router.db');
      const other = new Libsql(path);
      other.pragma('journal_mode = WAL');
      other.exec('begin immediate');
      expect(await problemOf(`sqlite:${path}`)).toContain('another process is writing to the database');
      other.exec('rollback');
      other.close();
      await connect(`sqlite:${path}`);
    }, 20_000);
  });

  describe('to PostgreSQL', () => {
    it('lets several in, which bring it up to date at once', async () => {
      const { url, remove } = await emptyPostgres();
      const databases = await Promise.all(Array.from({ length: 6 }, () => connect(url)));
      for (const database of databases) await expectEmpty(database);
      for (const database of opened.splice(0)) await database.close();
      await remove();
    });

    it('says what is wrong, and quotes no password', async () => {
      const { url, remove } = await emptyPostgres();
      const absent = new URL(url);
      absent.pathname = 'absent';
      absent.password = 'secret';
      expect(await problemOf(absent.href)).toBe(
        'The database can\'t be opened: database "absent" does not exist',
      );
      expect(await problemOf('postgres://router:secret@db:port/router')).not.toContain('secret');
      await remove();
    });
  });
});
