const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Writes ms as a person says them, in the two largest units: `2d 3h`, `17m 3s`. Anything below a second is `0s`. */
export function durationText(ms: number): string {
  const parts = Object.entries(unitMs)
    .toReversed()
    .map(([unit, size], index, units) => {
      const larger = units[index - 1]?.[1] ?? Number.POSITIVE_INFINITY;
      return { unit, count: Math.floor((ms % larger) / size) };
    });
  const first = parts.findIndex(({ count }) => count > 0);
  if (first < 0) return '0s';
  return parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ unit, count }) => `${count}${unit}`)
    .join(' ');
}

/** Reads `30s`, `5m`, `1h` or `7d` as ms; undefined when the text is no such duration, or none at all long. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined || Number(count) === 0) return undefined;
  return Number(count) * (unitMs[unit] as number);
}

/** A time for where the reader's time zone isn't known: `2026-01-02 03:04:05 UTC`; empty for a time that is none. */
export function utcTime(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
