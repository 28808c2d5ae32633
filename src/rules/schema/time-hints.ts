import { parseDuration } from '../../domain/duration.js';

const units: ReadonlyArray<readonly [words: RegExp, unit: string, times: number]> = [
  [/^(s|secs?|seconds?)$/, 's', 1],
  [/^(m|mins?|minutes?)$/, 'm', 1],
  [/^(h|hrs?|hours?)$/, 'h', 1],
  [/^(d|days?)$/, 'd', 1],
  [/^(w|wks?|weeks?)$/, 'd', 7],
];

/** How to write a duration that is written as in other tools: `5min`, `10 minutes`, `PT5M`, `1w`, a number of seconds. */
function usualDuration(text: string): string | undefined {
  if (/^[1-9]\d*$/.test(text)) return `${text}s`;
  const [, iso] = /^P(?:T?)(\d+[HMSDW])$/i.exec(text) ?? [];
  const [, count, word = ''] = /^(\d{1,9})\s*([a-z]+)$/.exec((iso ?? text).toLowerCase()) ?? [];
  const found = units.find(([words]) => words.test(word));
  if (count === undefined || found === undefined) return undefined;
  const usual = `${Number(count) * found[2]}${found[1]}`;
  return parseDuration(usual) === undefined ? undefined : usual;
}

export function durationHint(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const usual = usualDuration(String(value).trim());
  return usual === undefined ? undefined : `write ${usual}`;
}

/** The same for what is to follow after a test's start, with or without its +. */
export function momentHint(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const usual = usualDuration(
    String(value)
      .trim()
      .replace(/^\+\s*/, ''),
  );
  return usual === undefined ? undefined : `write +${usual}`;
}
