import type { SqliteStatement } from 'kysely';
import { keepingStatements } from './kept-statements.js';

const statement: SqliteStatement = {
  reader: true,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
};

describe('kept statements', () => {
  const prepared: string[] = [];
  const database = keepingStatements({
    prepare: (text) => {
      prepared.push(text);
      return statement;
    },
    close: () => undefined,
  });
  const preparedFor = (text: string): number => {
    prepared.length = 0;
    database.prepare(text);
    return prepared.length;
  };

  it('are prepared once, as long as there are at most 300 of them', () => {
    expect(preparedFor('select 0')).toBe(1);
    expect(preparedFor('select 0')).toBe(0);
    for (let number = 1; number < 300; number++) database.prepare(`select ${number}`);
    expect(preparedFor('select 0')).toBe(0);
    database.prepare('select 300');
    expect(preparedFor('select 0')).toBe(1);
  });

  it('are none of more than 2,000 characters', () => {
    const long = `select '${'x'.repeat(2_000)}'`;
    expect([preparedFor(long), preparedFor(long)]).toEqual([1, 1]);
  });
});
