/** How many rows one statement writes: far below the 32,766 parameters that SQLite takes. */
const rowsPerStatement = 500;

/** Cuts rows into lists small enough for one statement each. */
export function chunks<T>(rows: readonly T[]): T[][] {
  const lists: T[][] = [];
  for (let from = 0; from < rows.length; from += rowsPerStatement)
    lists.push(rows.slice(from, from + rowsPerStatement));
  return lists;
}
