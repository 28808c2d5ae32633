/** A time for where the reader's time zone isn't known: `2026-01-02 03:04:05 UTC`; empty for a time that is none. */
export function utcTime(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
