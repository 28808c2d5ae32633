import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import Libsql from 'libsql';
import { DatabaseUnavailable } from '../../domain/stores.js';
import { KyselyTransactions } from './kysely-transactions.js';
import { LibsqlDialect } from './libsql-dialect.js';
import { migrate } from './migrate.js';
import { openDatabase } from './open-database.js';
import type { Database } from './schema.js';

const patienceMs = 50;
const now = Date.UTC(2026, 0, 15, 12);

describe('a SQLite file', () => {
  let folder: string;
  let path: string;
  let db: Kysely<Database>;
  /** Another process, as SQLite sees it. */
  let other: Libsql.Database;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-file-'));
    path = join(folder, 'router.db');
    db = openDatabase(`sqlite:${path}`);
    await migrate(db);
    other = new Libsql(path);
  });

  afterEach(async () => {
    other.close();
    await db.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  const add = (on: Kysely<Database>, rule: string) =>
    on.insertInto('rule_hits').values({ rule, hits: 1, last_hit: now }).returning('rule').execute();
  /** What is on disk, for everybody. */
  const stored = (): unknown[] =>
    other
      .prepare('select rule from rule_hits order by rule')
      .all()
      .map((row) => (row as { rule: string }).rule);

  describe('that another process writes to', () => {
    /** Gives up soon. */
    let hasty: Kysely<Database>;

    beforeEach(() => {
      hasty = new Kysely({ dialect: new LibsqlDialect(new Libsql(path), path, patienceMs) });
      other.exec('begin immediate');
    });

    afterEach(() => hasty.destroy());

    it('is waited for without stopping the event loop, within a transaction and without', async () => {
      const writing = Promise.all([
        new KyselyTransactions(db).run(({ ruleHits }) => ruleHits.add(new Map([['a', 1]]), now)),
        add(db, 'b'),
      ]);
      let turns = 0;
      await new Promise<void>((resolve) => {
        const turning = setInterval(() => {
          turns += 1;
          if (turns < 20) return;
          clearInterval(turning);
          resolve();
        }, 1);
      });
      expect(stored()).toEqual([]);
      other.exec('rollback');
      await writing;
      expect(stored()).toEqual(['a', 'b']);
    });

    it('is given up in time, by what says that it is busy', async () => {
      const message = expect.stringMatching(/^another process is writing to the database .*router\.db/);
      await expect(add(hasty, 'a')).rejects.toMatchObject({ kind: 'busy', message });
      const refused = new KyselyTransactions(hasty).run(({ ruleHits }) =>
        ruleHits.add(new Map([['a', 1]]), now),
      );
      await expect(refused).rejects.toBeInstanceOf(DatabaseUnavailable);
      other.exec('rollback');
    });

    it('can still be read', async () => {
      expect(await hasty.selectFrom('rule_hits').selectAll().execute()).toEqual([]);
      other.exec('rollback');
    });

    it('keeps what is written after a statement that was given up', async () => {
      await expect(add(hasty, 'a')).rejects.toMatchObject({ kind: 'busy' });
      other.exec('rollback');
      // By another statement: the same one would be reset when it runs again.
      await hasty.insertInto('rule_hits').values({ rule: 'b', hits: 1, last_hit: now }).execute();
      await hasty.updateTable('rule_hits').set({ hits: 2 }).where('rule', '=', 'b').execute();
      expect(stored()).toEqual(['b']);
      await hasty.destroy();
      expect(stored()).toEqual(['b']);
    });
  });

  describe('without room', () => {
    const limitPages = async (pages: number): Promise<unknown> =>
      sql`pragma max_page_count = ${sql.lit(pages)}`.execute(db);
    const long = 'x'.repeat(100_000);

    beforeEach(() => limitPages(1));

    const full = expect.objectContaining({
      message: expect.stringMatching(/^the disk is full: nothing can be added to the database .*router\.db/),
    });

    it('fails a statement and a transaction by what says so, and takes both when there is room', async () => {
      await expect(add(db, long)).rejects.toEqual(full);
      const write = () =>
        new KyselyTransactions(db).run(({ ruleHits }) => ruleHits.add(new Map([[long, 1]]), now));
      await expect(write()).rejects.toEqual(full);
      await expect(write()).rejects.toBeInstanceOf(DatabaseUnavailable);
      await limitPages(1_000_000);
      await write();
      await add(db, 'b');
      expect(stored()).toEqual(['b', long]);
    });

    it('commits nothing that comes after the statement that failed in its transaction', async () => {
      const transaction = db.transaction().execute(async (tx) => {
        await add(tx, 'before');
        await sql`insert into rule_hits (rule, hits, last_hit) values (${long}, 1, 1)`
          .execute(tx)
          .catch(() => undefined);
        await add(tx, 'after');
      });
      await expect(transaction).rejects.toThrow('the transaction was taken back after an error');
      expect(stored()).toEqual([]);
      await add(db, 'later');
      expect(stored()).toEqual(['later']);
    });
  });
});
