/** Whatever a terminal might obey, or that reorders or breaks a line. */
const unprintable = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Text that others have written, on one line and without effect on a terminal. */
export function printable(text: string): string {
  return text.replace(
    unprintable,
    (char) => `\\u${(char.codePointAt(0) as number).toString(16).padStart(4, '0')}`,
  );
}

/** A value as JSON, on one line of at most this many characters. */
export function shownValue(value: unknown, longest = 120): string {
  const text = printable(JSON.stringify(value) ?? 'nothing');
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** Rows as lines: columns as wide as their widest cell, those of numbers aligned to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const cells = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, column) =>
        typeof rows[0]?.[column] === 'number'
          ? cell.padStart(widths[column] ?? 0)
          : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
