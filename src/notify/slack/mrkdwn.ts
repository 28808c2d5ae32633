import { plainText, type RichText, type Span } from '../../domain/alert.js';
import { cut, shorten } from './cut.js';
import { breakEmoji, clean, encodeUrlPart, escapeText, neutralise, safeUrl } from './escape.js';
import { limits } from './limits.js';

/** Joins neighbouring values, so that two of them can't form what one of them may not, and shortens them. */
function joinValues(text: RichText): Span[] {
  const joined: Span[] = [];
  for (const span of text) {
    const last = joined.at(-1);
    if (typeof span === 'string') {
      if (span !== '') joined.push(span);
    } else if (typeof last === 'object') {
      joined[joined.length - 1] = { value: last.value + span.value };
    } else {
      joined.push(span);
    }
  }
  return joined.map((span) => (typeof span === 'string' ? span : { value: shorten(span.value) }));
}

/** A value inside the operator's `<…`, or undefined when it must not be used there. */
function insideToken(token: string, value: string): string | undefined {
  if (token === '<') {
    const url = safeUrl(value);
    return url === undefined ? undefined : escapeText(url);
  }
  if (/^<(?:https?:\/\/|mailto:|!date\^)/i.test(token) && token.includes('|')) {
    return cut(neutralise(value, token), limits.label);
  }
  if (/^<(?:https?:\/\/|mailto:)/i.test(token)) {
    const part = escapeText(encodeUrlPart(value));
    return token.length + part.length > limits.url ? undefined : part;
  }
  return token.startsWith('<!date^') && /^\d+$/.test(value) ? value : undefined;
}

/**
 * Mrkdwn in which the operator's text is as written and values format nothing. Inside the operator's own
 * `<url|label>` a value may be a URL, a part of one, or the label; where it would make a mention (`<@{{ x }}>`),
 * the token is shown as text instead.
 */
export function mrkdwnOf(text: RichText): string {
  let written = '';
  let opening = -1;
  for (const span of joinValues(text)) {
    if (typeof span === 'string') {
      const start = written.length;
      written += clean(span);
      if (opening < 0 || written.includes('>', start)) opening = openingIn(written, start);
    } else if (opening < 0) {
      written += neutralise(span.value, written.slice(-200));
    } else {
      const inside = insideToken(written.slice(opening), span.value);
      if (inside !== undefined) written += inside;
      else {
        written = `${written.slice(0, opening)}${escapeText(written.slice(opening))}`;
        written += neutralise(span.value, written.slice(-200));
        opening = -1;
      }
    }
  }
  return written;
}

function openingIn(written: string, from: number): number {
  const opening = written.lastIndexOf('<');
  return opening >= from && !written.includes('>', opening) ? opening : -1;
}

/** Text that isn't mrkdwn (a title), for a place that is: the operator's part escaped, values formatting nothing. */
export function escapedMrkdwnOf(text: RichText): string {
  return joinValues(text).reduce<string>(
    (written, span) =>
      written +
      (typeof span === 'string' ? escapeText(clean(span)) : neutralise(span.value, written.slice(-200))),
    '',
  );
}

/** For a plain_text object of the operator's: as written, values escaped and without emoji. */
export function plainTextOf(text: RichText): string {
  return joinValues(text)
    .map((span) => (typeof span === 'string' ? clean(span) : breakEmoji(escapeText(clean(span.value)))))
    .join('');
}

/** For rich_text, which Slack shows to the letter. */
export function literalOf(text: RichText): string {
  return clean(shorten(plainText(text)));
}
