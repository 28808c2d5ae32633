import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** How many prepared statements are kept, and how long they are at most: each keeps the values it was last run with. */
const [statementsKept, longestKept] = [300, 2_000];

/** A database that keeps its statements: preparing one takes longer than running it, and the same few are run again and again. */
export function keepingStatements(database: SqliteDatabase): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare(text) {
      const known = kept.get(text);
      if (known !== undefined) return known;
      const statement = database.prepare(text);
      if (text.length > longestKept) return statement;
      if (kept.size >= statementsKept) kept.clear();
      kept.set(text, statement);
      return statement;
    },
    close() {
      kept.clear();
      database.close();
    },
  };
}
