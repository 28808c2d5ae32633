/** Why a regex can't be what its author meant, and what to write instead. */
export interface PatternFault {
  readonly message: string;
  readonly hint: string;
}

/** What YAML makes of these escapes in double quotes, where a regex would mean something else by them. */
const yamlEscapes: Readonly<Record<string, string>> = {
  '\0': String.raw`\0`,
  '\u0007': String.raw`\a`,
  '\b': String.raw`\b`,
  '\v': String.raw`\v`,
  '\f': String.raw`\f`,
  '\u001B': String.raw`\e`,
  '\u0085': String.raw`\N`,
  '\u2028': String.raw`\L`,
  '\u2029': String.raw`\P`,
};
// A tab or a line break is the same character to YAML and to a regex.
// eslint-disable-next-line no-control-regex
const misread = /[\0-\u0008\v\f\u000E-\u001F\u007F-\u009F\u2028\u2029]/g;

const slashedWithLetters = /^\/(.+)\/([a-z]{1,6})$/is;
/** What no path holds: a text between slashes that has none of it may be one. */
const regexOnly = /[\^\\[\]()|+]|\.\*|\$$/;

/** The fault of a regex that holds a control character. */
export function controlCharacterFault(source: string): PatternFault | undefined {
  const [found] = source.match(misread) ?? [];
  if (found === undefined) return undefined;
  const code = (found.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
  return {
    message: `the regex ${withoutControls(source)} holds the control character U+${code}`,
    hint: `write it in single quotes: in double quotes YAML reads ${yamlEscapes[found] ?? 'escapes'} itself`,
  };
}

/** The fault of a text that is surely meant as `/regex/flags` but has invalid flags, so that it would be taken literally. */
export function unknownFlagsFault(text: string): PatternFault | undefined {
  const [, pattern, letters] = slashedWithLetters.exec(text) ?? [];
  if (pattern === undefined || letters === undefined || !regexOnly.test(pattern)) return undefined;
  const unknown = [...new Set(letters.match(/[^imsug]/g))];
  if (unknown.length === 0) return undefined;
  const flags = unknown.length === 1 ? 'flag' : 'flags';
  return {
    message: `the regex ${withoutControls(text)} has the unknown ${flags} ${unknown.join(', ')}`,
    hint: 'the flags are i, m, s, u and g; in fields, equals: takes a text literally',
  };
}

/** @param reason what RE2 said */
export function regexFault(source: string, reason: string): PatternFault {
  return {
    message: `RE2 can't take the regex ${withoutControls(source)}: ${reason}`,
    hint: hintOf(reason),
  };
}

function hintOf(reason: string): string {
  if (reason.includes('missing closing ]'))
    return String.raw`close the [ with a ], or write \[ for the character itself`;
  if (reason.includes('missing closing )'))
    return String.raw`close the ( with a ), or write \( for the character itself`;
  if (reason.includes('unexpected )'))
    return String.raw`open it with a (, or write \) for the character itself`;
  if (reason.includes('missing argument'))
    return String.raw`say what repeats, as .* does for any text, or write \* for the character itself`;
  if (reason.includes('invalid nested repetition'))
    return 'keep one of the two repetitions; RE2 has no possessive ones';
  if (reason.includes('invalid character class range'))
    return 'write a class such as [a-z], the smaller character first, or one that RE2 has, such as [[:alpha:]] or \\p{L}';
  if (reason.includes('invalid repeat count')) return 'write counts up to 1000, the smaller one first: {2,5}';
  if (reason.includes('trailing backslash'))
    return String.raw`write \\ for a backslash itself, or take it away`;
  if (/invalid escape sequence: `\\[a-zA-Z]/.test(reason))
    return String.raw`RE2 has no such escape; it has \d \w \s \b \A \z, their opposites, and \p{…}`;
  return 'RE2 has no lookaround and no back-references; combine several conditions with "not" or "except" instead';
}

/** The text with its control characters as they were probably written. */
function withoutControls(text: string): string {
  return text.replace(misread, (character) => yamlEscapes[character] ?? '\u{FFFD}');
}
