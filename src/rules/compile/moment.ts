import { parseDuration } from '../../domain/duration.js';

/** When something happens in a test: so long after the test's start, or at a date. Both in ms. */
export type Moment =
  { readonly kind: 'after'; readonly offsetMs: number } | { readonly kind: 'date'; readonly at: number };

const isoDate = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;
/** Both forms, for editors. */
export const momentPattern = '^(\\+\\d+[smhd]|\\d{4}-\\d\\d-\\d\\d.*)$';

/** Reads `+90s`, `+5m`, `+24h`, `+7d` or an ISO 8601 date, which is in UTC where it names no zone. */
export function parseMoment(text: string): Moment | undefined {
  if (text.startsWith('+')) {
    const offsetMs = /^\+0[smhd]$/.test(text) ? 0 : parseDuration(text.slice(1));
    return offsetMs === undefined ? undefined : { kind: 'after', offsetMs };
  }
  const [, time, , , zone] = isoDate.exec(text) ?? [];
  const at = isoDate.test(text)
    ? Date.parse(time !== undefined && zone === undefined ? `${text}Z` : text)
    : NaN;
  return Number.isNaN(at) ? undefined : { kind: 'date', at };
}
