import { RE2JS, RE2JSException } from 're2js';

/** A compiled test on one string. */
export type StringTest = (text: string) => boolean;

export type Compiled<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

const slashed = /^\/(.+)\/([imsgu]*)$/s;
const flagBits: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
  // RE2 reads every text as Unicode code points and a test has no position to keep, so these two say nothing new.
  u: 0,
  g: 0,
};

/** Whether `text` is written as `/regex/flags`, the flags being any of i, m, s, u and g. */
export function isSlashedRegex(text: string): boolean {
  return slashed.test(text);
}

/**
 * Compiles a bare pattern or `/pattern/flags` to an RE2 test that finds the pattern anywhere in a text, in time
 * linear in its length. Lookaround and back-references are what RE2 can't take; the reason then says so.
 */
export function compileRegex(source: string): Compiled<StringTest> {
  const [, pattern, flags] = slashed.exec(source) ?? [undefined, source, ''];
  const bits = [...(flags ?? '')].reduce((sum, flag) => sum | (flagBits[flag] ?? 0), 0);
  try {
    const regex = RE2JS.compile(pattern as string, bits);
    return { ok: true, value: (text) => regex.test(text) };
  } catch (error) {
    if (error instanceof RE2JSException) return { ok: false, reason: error.message };
    throw error;
  }
}

/** Whether a plain string in `fields` or `types` is a glob. */
export function isGlob(text: string): boolean {
  return text.includes('*');
}

/** Compiles a glob whose only wildcard is `*`, any run of characters, line breaks and slashes included. */
export function compileGlob(glob: string): StringTest {
  const pieces = glob.split('*');
  const prefix = pieces[0] as string;
  const suffix = pieces.at(-1) as string;
  const inner = pieces.slice(1, -1).filter((piece) => piece !== '');
  return (text) => {
    if (text.length < prefix.length + suffix.length) return false;
    if (!text.startsWith(prefix) || !text.endsWith(suffix)) return false;
    const end = text.length - suffix.length;
    let position = prefix.length;
    for (const piece of inner) {
      const found = text.indexOf(piece, position);
      if (found === -1 || found + piece.length > end) return false;
      position = found + piece.length;
    }
    return true;
  };
}
