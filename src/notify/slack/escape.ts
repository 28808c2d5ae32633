import { isIPv6 } from 'node:net';
import { limits } from './limits.js';

/**
 * Invisible, and neither a letter nor one of the characters after which Slack starts or ends formatting. A word
 * joiner or a zero-width space would not do: U+2000 to U+206F count as a word's edge there, and so invite formatting.
 */
const softHyphen = '\u00ad';

const emojiName = String.raw`[\p{L}\p{M}\p{N}_+'-]{1,100}:`;
/** A colon that starts an emoji's name. One or two digits between colons are a time. */
const emojiStart = new RegExp(String.raw`:(?!\d{1,2}:)(?=${emojiName})`, 'gu');
const startsWithEmojiName = new RegExp(`^${emojiName}`, 'u');
/** Something that may be an address as a whole, or an emoji's first colon. Bounded, so that it stays linear. */
const addressOrEmoji = new RegExp(
  String.raw`(?<![\p{L}\p{N}_:.])[\da-f:.]{2,45}(?![\p{L}\p{N}_:.])|${emojiStart.source}`,
  'giu',
);
const macAddress = /^(?:[\da-f]{2}:){5}[\da-f]{2}$/i;
/** A run of marks that stands at a word's edge; within a word (`first_last`) Slack doesn't format. */
const marks = /(?<![\p{L}\p{N}*_~])[*_~]+|(?<![*_~])[*_~]+(?![\p{L}\p{N}*_~])/gu;
/** Slack takes the full-width sign for a quote as well. */
const quoteAtLineStart = /^([^\S\n]*)(&gt;|\uff1e)/gmu;

/**
 * Text without what would break or disguise a message: control characters (but not line breaks and tabs) and
 * bidirectional controls are removed, every line break becomes `\n`, NUL and lone surrogates become U+FFFD.
 */
export function clean(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
      .replaceAll('\0', '\ufffd')
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0001-\u0008\u000b-\u001f\u007f-\u009f]|\p{Bidi_Control}/gu, '')
  );
}

/** Text on one line, without the spaces around it. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Disarms `<!channel>`, `<@U1>`, `<url|label>` and the like. Slack has no other escapes. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Keeps `:name:` from becoming an emoji. Times and IPv6 and MAC addresses stay as they are. */
export function breakEmoji(text: string): string {
  return text.replace(addressOrEmoji, (found) => {
    if (found.length > 1 && (isIPv6(found) || macAddress.test(found))) return found;
    return found.length > 1 ? found.replace(emojiStart, `:${softHyphen}`) : `:${softHyphen}`;
  });
}

/**
 * An untrusted value for the inside of mrkdwn, cleaned and escaped, that formats nothing. Only characters that would
 * format are touched, so that an e-mail address, `auth0|abc_def`, an IP address or a user agent can still be
 * copied: marks get invisible neighbours, and backticks, which nothing holds back, become U+02CB.
 * @param before what was already written on this line or before it.
 */
export function neutralise(value: string, before = ''): string {
  const escaped = breakEmoji(escapeText(clean(value)))
    .replace(marks, (run) => `${softHyphen}${[...run].join(softHyphen)}${softHyphen}`)
    .replaceAll('`', '\u02cb');
  const line = before.slice(-200);
  const quoted = escaped.replace(quoteAtLineStart, (found, indent: string, sign: string, at: number) =>
    at === 0 && !/(?:^|\n)[^\S\n]*$/.test(line) ? found : `${indent}${softHyphen}${sign}`,
  );
  return line.endsWith(':') && startsWithEmojiName.test(quoted) ? softHyphen + quoted : quoted;
}

/** Percent-encodes what would end a URL in `<url|label>`. The ampersand is left to {@link escapeText}. */
export function encodeUrlPart(part: string): string {
  return clean(part).replace(/[|<>"`\s]/g, (found) => encodeURIComponent(found));
}

/** The URL, safe within Slack's markup and JSON, or undefined unless it is an http(s) URL that Slack would take. */
export function safeUrl(text: string): string | undefined {
  if (text.length > limits.url) return undefined;
  const url = encodeUrlPart(clean(text).trim());
  if (!/^https?:\/\/[^/]/i.test(url) || !URL.canParse(url) || url.length > limits.url) return undefined;
  return url;
}
