/** When something happens in a test: so long after the test's start, or at a date. Both in ms. */
export type Moment =
  { readonly kind: 'after'; readonly offsetMs: number } | { readonly kind: 'date'; readonly at: number };

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const isoDate = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;
/** Both forms, for editors. */
export const momentPattern = '^(\\+\\d+[smhd]|\\d{4}-\\d\\d-\\d\\d.*)$';

/** Reads `+90s`, `+5m`, `+24h`, `+7d` or an ISO 8601 date, which is in UTC where it names no zone. */
export function parseMoment(text: string): Moment | undefined {
  const [, count, unit] = /^\+(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined)
    return { kind: 'after', offsetMs: Number(count) * (unitMs[unit] as number) };
  const [, time, , , zone] = isoDate.exec(text) ?? [];
  const at = isoDate.test(text)
    ? Date.parse(time !== undefined && zone === undefined ? `${text}Z` : text)
    : NaN;
  return Number.isNaN(at) ? undefined : { kind: 'date', at };
}
