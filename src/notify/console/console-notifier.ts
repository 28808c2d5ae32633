import { stripVTControlCharacters } from 'node:util';
import { plainText, type AlertContent, type AlertField, type RichText } from '../../domain/alert.js';
import type { Digest } from '../../domain/alerting/digest.js';
import { followUpText } from '../../domain/alerting/follow-up.js';
import type { Message } from '../../domain/alerting/message.js';
import type { SendOutcome } from '../../domain/alerting/send-outcome.js';
import { combine } from '../text/combine.js';
import { digestLines, digestTitle, singledOut, singledOutLine } from '../text/digest-text.js';
import { lateText } from '../text/late-text.js';
import { suppressedLines } from '../text/suppressed-text.js';
import { cutLiteral } from '../slack/cut.js';
import { clean, oneLine } from '../slack/escape.js';
import { utcTime } from '../../domain/duration.js';

const indent = '    ';
/** A terminal takes more than Slack does, but longer texts are unreadable. */
const longest = 4_000;
const longestName = 150;

/** Prints messages for a person to read, with nothing in them that a terminal would obey. */
export class ConsoleNotifier {
  /** @param write takes one line, without its line break. */
  constructor(private readonly write = (line: string): void => void process.stdout.write(`${line}\n`)) {}

  async send(message: Message): Promise<SendOutcome> {
    for (const line of linesOf(message)) this.write(line);
    return { kind: 'accepted' };
  }
}

function linesOf(message: Message): string[] {
  switch (message.kind) {
    case 'alert':
      return alertLines(message.alerts);
    case 'digest':
      return linesOfDigest(message.digest);
    case 'follow-up': {
      const { severity, ruleName, key } = message.followUp;
      return [headline(severity, `${ruleName}: ${followUpText(message.followUp)}`), ...indented(key)];
    }
    case 'notice':
      return [headline(message.notice.severity, message.notice.title), ...indented(message.notice.detail)];
  }
}

function alertLines(alerts: readonly AlertContent[]): string[] {
  const combined = combine(alerts);
  const { lead, contributions, ruleNames, mentions } = combined;
  const number = alerts.length > 1 ? ` (${alerts.length} alerts)` : '';
  return [
    headline(lead.severity, plainText(lead.title)) + number,
    ...indented(`Rule: ${ruleNames.join(', ')}`),
    ...contributions.flatMap(({ alert, showsTitle, showsText, fields }) => [
      ...(alert !== lead && showsTitle ? indented(plainText(alert.title)) : []),
      ...(showsText ? indentedText(alert.text ?? []) : []),
      ...fields.flatMap(fieldLines),
    ]),
    ...suppressedLines(combined, utcTime, printableLine).flatMap(indented),
    ...lateLine(lead),
    ...linkLine(lead),
    ...(lead.runbook === undefined ? [] : indented(`Runbook: ${lead.runbook}`)),
    ...mentionsLine(mentions),
  ];
}

function linesOfDigest(digest: Digest): string[] {
  return [
    headline(digest.severity, digestTitle(digest, printableLine)),
    ...digestLines(digest, printableLine).flatMap(indented),
    ...singledOut(digest).flatMap((each) => [
      ...indented(singledOutLine(each, printableLine)),
      ...linkLine(each.alert),
    ]),
    ...mentionsLine(digest.mentions),
  ];
}

function linkLine({ link }: AlertContent): string[] {
  return link === undefined ? [] : indented(`Link: ${link}`);
}

function lateLine(alert: AlertContent): string[] {
  const late = lateText(alert);
  return late === '' ? [] : indented(`Time: ${utcTime(alert.at)}, ${late}`);
}

function mentionsLine(mentions: readonly string[]): string[] {
  return mentions.length === 0 ? [] : indented(`Mentions: ${mentions.join(' ')}`);
}

function headline(severity: string, title: string): string {
  return `[${severity.toUpperCase()}] ${oneLine(printable(title))}`;
}

function fieldLines(field: AlertField): string[] {
  return indented(`${field.name}: ${plainText(field.value)}`);
}

function indentedText(text: RichText): string[] {
  return indented(plainText(text));
}

/** Every line is indented, so that none can pass for a headline. */
function indented(text: string): string[] {
  return printable(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => indent + line.trimEnd());
}

/** A name or a title within a line. */
function printableLine(text: string): string {
  return cutLiteral(oneLine(printable(text)), longestName);
}

function printable(text: string): string {
  return clean(stripVTControlCharacters(cutLiteral(text, longest)));
}
