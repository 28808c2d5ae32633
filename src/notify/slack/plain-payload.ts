import { plainText, type AlertContent } from '../../domain/alert.js';
import type { Digest } from '../../domain/alerting/digest.js';
import type { Message } from '../../domain/alerting/message.js';
import { combine } from '../text/combine.js';
import { digestLines, singledOut, singledOutLine } from '../text/digest-text.js';
import { suppressedLines } from '../text/suppressed-text.js';
import { utcTime } from '../../domain/duration.js';
import { cut, cutLiteral, shorten } from './cut.js';
import { clean, escapeText, neutralise, oneLine, safeUrl } from './escape.js';
import { headlineOf } from './headline.js';
import { limits } from './limits.js';
import type { SlackPayload } from './payload.js';

/** The same message in the least that Slack can refuse: one text, without any formatting of the template's. */
export function plainPayload(message: Message): SlackPayload {
  const headline = headlineOf(message);
  const { lines, links } = contentOf(message);
  const body = neutralise(
    lines
      .map(shorten)
      .filter((line) => line.trim() !== '')
      .join('\n'),
  );
  const foot = footOf(links);
  const room = limits.text - foot.length;
  const text = body === '' ? headline : `${headline}\n${body}`;
  return { text: cut(text, room) + foot };
}

interface PlainContent {
  readonly lines: readonly string[];
  readonly links: readonly string[];
}

function contentOf(message: Message): PlainContent {
  switch (message.kind) {
    case 'alert':
      return alertContent(message.alerts);
    case 'digest':
      return digestContent(message.digest);
    case 'follow-up':
      return { lines: [], links: [] };
    case 'notice':
      return { lines: [message.notice.detail], links: [] };
  }
}

function alertContent(alerts: readonly AlertContent[]): PlainContent {
  const combined = combine(alerts);
  const { lead, contributions, ruleNames } = combined;
  const lines = contributions.flatMap(({ alert, showsTitle, showsText, fields }) => [
    ...(alert !== lead && showsTitle ? [plainText(alert.title)] : []),
    ...(showsText ? [plainText(alert.text ?? [])] : []),
    ...fields.map((field) => `${field.name}: ${plainText(field.value)}`),
  ]);
  // The number of suppressed alerts comes before what may be cut.
  const suppressed = suppressedLines(combined, utcTime, literalLine);
  return {
    lines: [`${lead.severity} · ${ruleNames.join(', ')}`, ...suppressed, ...lines],
    links: lead.link === undefined ? [] : [lead.link],
  };
}

function digestContent(digest: Digest): PlainContent {
  const alerts = singledOut(digest);
  return {
    lines: [
      digest.severity,
      ...digestLines(digest, literalLine),
      ...alerts.map((each) => singledOutLine(each, literalLine)),
    ],
    links: alerts.flatMap(({ alert: { link } }) => (link === undefined ? [] : [link])),
  };
}

function literalLine(value: string): string {
  return cutLiteral(oneLine(clean(shorten(value))), limits.header);
}

/** As many of the links, one on a line, as leave room for the body. */
function footOf(links: readonly string[]): string {
  return [...new Set(links)].reduce((foot, link) => {
    const target = escapeText(safeUrl(link) ?? '');
    const longer = `${foot}\n<${target}>`;
    return target === '' || longer.length > limits.text / 3 ? foot : longer;
  }, '');
}
