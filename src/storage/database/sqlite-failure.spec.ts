import { join } from 'node:path';
import { tmpdir } from 'node:os';
import Libsql from 'libsql';
import { isConnectionFailure } from './connection-failure.js';
import { isBusy, namedFailure, processUser, SqliteFailure } from './sqlite-failure.js';

const path = '/data/router.db';

function failed(rawCode: number, message = 'what SQLite says'): unknown {
  return namedFailure(Object.assign(new Error(message), { rawCode }), path);
}

function errorOf(action: () => void): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('it was opened');
}

describe('namedFailure', () => {
  it.each([
    [5, 'busy', 'another process is writing to the database /data/router.db'],
    // SQLITE_BUSY_SNAPSHOT
    [517, 'busy', 'another process is writing'],
    [13, 'full', 'the disk is full: nothing can be added to the database /data/router.db'],
    [8, 'read-only', 'the database /data/router.db can only be read'],
    // SQLITE_READONLY_DBMOVED
    [1032, 'read-only', 'can only be read'],
    [14, 'no-access', "the database /data/router.db can't be opened"],
    // SQLITE_IOERR_WRITE
    [778, 'io', 'the disk failed'],
  ])('names what SQLite means by %i', (code, kind, words) => {
    const failure = failed(code);
    expect(failure).toBeInstanceOf(SqliteFailure);
    expect(failure).toMatchObject({ kind, message: expect.stringContaining(words) });
    expect(failure).toMatchObject({ message: expect.stringContaining('(what SQLite says)') });
    expect(isConnectionFailure(failure)).toBe(true);
  });

  it.each([8, 14])('says which user needs access to which folder with %i', (code) => {
    expect(failed(code)).toMatchObject({
      message: expect.stringMatching(new RegExp(`user ${processUser()} must be able to .* /data \\(`)),
    });
  });

  it('understands the error of a file that can’t be opened, whose code is in its text', () => {
    const error = errorOf(() => new Libsql(join(tmpdir(), 'no-such-folder', 'router.db')).close());
    expect(namedFailure(error, path)).toMatchObject({ kind: 'no-access' });
  });

  it('leaves every other error as it is', () => {
    const [constraint, bug] = [Object.assign(new Error('UNIQUE'), { rawCode: 1555 }), new Error('a bug')];
    expect([namedFailure(constraint, path), namedFailure(bug, path)]).toEqual([constraint, bug]);
    expect([isConnectionFailure(constraint), isBusy(bug)]).toEqual([false, false]);
  });
});
