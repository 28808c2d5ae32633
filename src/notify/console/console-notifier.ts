import { stripVTControlCharacters } from 'node:util';
import { plainText, type AlertField, type RichText } from '../../domain/alert.js';
import type { ChannelTarget } from '../../domain/channel.js';
import type { Message } from '../../domain/message.js';
import type { SendOutcome } from '../../domain/send-outcome.js';
import { combine } from '../combine.js';
import { Notifier } from '../notifier.js';
import { cutLiteral } from '../slack/cut.js';
import { clean } from '../slack/escape.js';

type ConsoleTarget = Extract<ChannelTarget, { kind: 'console' }>;

const indent = '    ';
/** A terminal takes more than Slack does, but nobody reads it. */
const longest = 4_000;

/** Prints messages for a person to read, with nothing in them that a terminal would obey. */
export class ConsoleNotifier extends Notifier<ConsoleTarget> {
  /** @param write takes one line, without its line break. */
  constructor(private readonly write = (line: string): void => void process.stdout.write(`${line}\n`)) {
    super();
  }

  override async send(_target: ConsoleTarget, message: Message): Promise<SendOutcome> {
    for (const line of linesOf(message)) this.write(line);
    return { kind: 'accepted' };
  }
}

function linesOf(message: Message): string[] {
  if (message.kind === 'notice') {
    const { severity, title, detail } = message.notice;
    return [headline(severity, title), ...indented(detail)];
  }
  const { lead, contributions, ruleNames, mentions } = combine(message.alerts);
  const number = message.alerts.length > 1 ? ` (${message.alerts.length} alerts)` : '';
  return [
    headline(lead.severity, plainText(lead.title)) + number,
    ...indented(`Rule: ${ruleNames.join(', ')}`),
    ...contributions.flatMap(({ alert, showsTitle, showsText, fields }) => [
      ...(alert !== lead && showsTitle ? indented(plainText(alert.title)) : []),
      ...(showsText ? indentedText(alert.text ?? []) : []),
      ...fields.flatMap(fieldLines),
    ]),
    ...(lead.link === undefined ? [] : indented(`Link: ${lead.link}`)),
    ...(lead.runbook === undefined ? [] : indented(`Runbook: ${lead.runbook}`)),
    ...(mentions.length === 0 ? [] : indented(`Mentions: ${mentions.join(' ')}`)),
  ];
}

function headline(severity: string, title: string): string {
  return `[${severity.toUpperCase()}] ${printable(title).replaceAll(/\s+/g, ' ').trim()}`;
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

function printable(text: string): string {
  return clean(stripVTControlCharacters(cutLiteral(text, longest)));
}
