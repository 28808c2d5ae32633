import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = process.cwd();
const dayMs = 86_400_000;

function runs(command: string, ...args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('the scripts in deploy/', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'alert-router-deploy-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const run = (script: string, environment: Record<string, string> = {}): string =>
    String(
      execFileSync('sh', [script], {
        cwd: folder,
        env: {
          PATH: process.env['PATH'] ?? '',
          BACKUP_FOLDER: folder,
          BACKUP_EVERY: '0',
          BACKUP_KEEP_DAYS: '14',
          ...environment,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  /** Writes an empty file that was last changed so many days ago. */
  const addFile = (name: string, daysAgo: number): void => {
    writeFileSync(join(folder, name), '');
    const then = new Date(Date.now() - daysAgo * dayMs);
    utimesSync(join(folder, name), then, then);
  };
  const names = (ending: string): readonly string[] =>
    readdirSync(folder).filter((name) => name.endsWith(ending));
  const stub = (name: string, text: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  };

  describe('backup/sqlite.sh', () => {
    const script = join(root, 'deploy/backup/sqlite.sh');
    const withSqlite = runs('sqlite3', '--version') ? it : it.skip;
    const sqlite = (file: string, sql: string): string => String(execFileSync('sqlite3', [file, sql])).trim();

    withSqlite(
      'copies a database in use, with what is in its log, and keeps copies for the days it was told',
      () => {
        const database = join(folder, 'live');
        sqlite(database, 'PRAGMA journal_mode=WAL; CREATE TABLE a (b); INSERT INTO a VALUES (1), (2)');
        addFile('router-20260101T000000Z.db', 15);
        addFile('router-20260102T000000Z.db', 13);
        addFile('router-20260103T000000Z.db.part', 0);
        expect(run(script, { DATABASE_FILE: database })).toMatch(/^backed up to .*\.db\n$/);
        const [kept, copy = ''] = names('.db').toSorted();
        expect(kept).toBe('router-20260102T000000Z.db');
        expect(names('.part')).toEqual([]);
        expect(sqlite(join(folder, copy), 'SELECT sum(b) FROM a')).toBe('3');
        expect(statSync(join(folder, copy)).mode & 0o777).toBe(0o600);
      },
    );

    withSqlite('deletes nothing when the database is no good', () => {
      writeFileSync(
        join(folder, 'broken'),
        'this is not a database, and has more than a hundred bytes. '.repeat(9),
      );
      addFile('router-20260101T000000Z.db', 15);
      expect(() => run(script, { DATABASE_FILE: join(folder, 'broken') })).toThrow('failed');
      expect(names('.db')).toEqual(['router-20260101T000000Z.db']);
    });
  });

  describe('backup/postgres.sh', () => {
    const script = join(root, 'deploy/backup/postgres.sh');
    const environment = (): Record<string, string> => {
      writeFileSync(join(folder, 'password'), 'secret');
      return {
        PATH: `${folder}:${process.env['PATH'] ?? ''}`,
        PGPASSWORD_FILE: join(folder, 'password'),
        PGDATABASE: 'router',
      };
    };

    it('gives pg_dump the password, and keeps dumps for the days it was told', () => {
      stub('pg_dump', 'for last; do :; done; printf %s "$PGPASSWORD" > "${last#--file=}"');
      stub('pg_restore', 'exit 0');
      addFile('router-20260101T000000Z.dump', 15);
      addFile('router-20260102T000000Z.dump', 13);
      expect(run(script, environment())).toMatch(/^backed up to .*\.dump\n$/);
      const [kept, dump = ''] = names('.dump').toSorted();
      expect(kept).toBe('router-20260102T000000Z.dump');
      expect(readFileSync(join(folder, dump), 'utf8')).toBe('secret');
    });

    it.each([
      ['pg_dump fails', 'exit 1', 'exit 0'],
      ['the dump can’t be read', 'for last; do :; done; : > "${last#--file=}"', 'exit 1'],
    ])('deletes nothing when %s', (_, dump, restore) => {
      stub('pg_dump', dump);
      stub('pg_restore', restore);
      addFile('router-20260101T000000Z.dump', 15);
      expect(() => run(script, environment())).toThrow('the backup of router failed');
      expect(names('.dump')).toEqual(['router-20260101T000000Z.dump']);
    });
  });

  it('make-secrets.sh makes each secret once, and a URL with the password', () => {
    copyFileSync(join(root, 'deploy/make-secrets.sh'), join(folder, 'make-secrets.sh'));
    const read = (): Record<string, string> =>
      Object.fromEntries(
        readdirSync(join(folder, 'secrets')).map((name) => [
          name,
          readFileSync(join(folder, 'secrets', name), 'utf8'),
        ]),
      );
    expect(run('make-secrets.sh')).toContain('deploy/secrets/slack_webhook_url');
    const made = read();
    expect(Object.values(made).every((text) => text.length >= 48)).toBe(true);
    expect(new Set(Object.values(made)).size).toBe(5);
    expect(made['database_url']).toBe(`postgres://router:${made['router_password']}@postgres:5432/router`);
    expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700);
    run('make-secrets.sh');
    expect(read()).toEqual(made);
  });
});
