import { plainText, type AlertContent } from '../../domain/alert.js';
import { describeEventType } from '../../domain/catalogue/catalogue.js';
import { leadOf, type Digest, type TopNames } from '../../domain/alerting/digest.js';
import { suppressedText } from './suppressed-text.js';
import { severityNames } from './severity-names.js';
import { utcTime } from '../../domain/duration.js';

/** Makes an untrusted value fit for the place it is shown in: on one line, and short. */
export type Show = (value: string) => string;

/** The most frequent names of one kind. */
export interface CountLine {
  readonly label: string;
  readonly names: ReadonlyArray<{ readonly shown: string; readonly count: number }>;
  /** How many different names are not among them. */
  readonly missing: number;
}

/** An alert that a digest shows by itself, and why: `First (High)`. */
export interface SingledOut {
  readonly label: string;
  readonly alert: AlertContent;
}

/** Names of one kind that are shown. */
const maxNames = 5;
const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/**
 * `9997 alerts in 12 minutes, the worst: Impossible travel`, or for a rule's group `12 alerts in 30 seconds: Failed logins ·
 * 203.0.113.9`. The number has no separators, so that it can be searched for.
 * @param show writes the rule's name and the key.
 * @param titleOf writes an alert's title; empty where nothing of it can be shown.
 */
export function digestTitle(
  digest: Digest,
  show: Show,
  titleOf: (alert: AlertContent) => string = (alert) => shownTitle(alert, show),
): string {
  const { total, from, to, first, group } = digest;
  const counted = `${total} alerts${to >= from ? ` in ${spanText(to - from)}` : ''}`;
  if (group !== undefined) {
    const named = [first.ruleName, group].map(show).filter((name) => name !== '');
    return named.length === 0 ? counted : `${counted}: ${named.join(' · ')}`;
  }
  const lead = leadOf(digest);
  const title = titleOf(lead);
  return title === '' ? counted : `${counted}, the ${lead === first ? 'first' : 'worst'}: ${title}`;
}

/** In the largest unit of which there are two, to the nearest whole number. */
function spanText(ms: number): string {
  const [unit, length] = units.find((candidate) => ms >= 2 * candidate[1]) ?? ['second', 1_000];
  const number = Math.max(1, Math.round(ms / length));
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

/** What the digest counts, without the kinds of which there is nothing. */
export function countLines(digest: Digest, show: Show): CountLine[] {
  const typeName = (code: string): string => {
    const known = describeEventType(code);
    return known === undefined ? readable(code, show) : `${known.name} (${code})`;
  };
  const name = (value: string): string => readable(value, show);
  return [
    countLine('Rules', digest.rules, name),
    countLine('Types', digest.types, typeName),
    countLine('Users', digest.users, name),
    countLine('IPs', digest.addresses, name),
    countLine('Applications', digest.applications, name),
  ].filter(({ names }) => names.length > 0);
}

function countLine(label: string, { top, distinct }: TopNames, name: Show): CountLine {
  const names = top.slice(0, maxNames).map((each) => ({ shown: name(each.name), count: each.count }));
  return { label, names, missing: Math.max(0, distinct - names.length) };
}

function readable(value: string, show: Show): string {
  return show(value) || '(unreadable)';
}

/** The first alert, then the worst; or just all of them, the first of all and then the worst, where the digest brings them all. */
export function singledOut({ total, first, worst }: Digest): SingledOut[] {
  if (worst.length > 5 && worst.length + 1 === total) {
    return [first, ...worst].map((alert) => ({ label: severityNames[alert.severity], alert }));
  }
  return [
    { label: `First (${severityNames[first.severity]})`, alert: first },
    ...worst.map((alert) => ({ label: `Worst (${severityNames[alert.severity]})`, alert })),
  ];
}

/** An alert's title, or its rule's name where the title shows nothing; empty where both show nothing. */
export function shownTitle({ title, ruleName }: AlertContent, show: Show): string {
  return show(plainText(title)) || show(ruleName);
}

/** The same with a word for what can't be shown. */
export function singleTitle(alert: AlertContent, show: Show): string {
  return shownTitle(alert, show) || '(unreadable)';
}

/** The time span and the counts, a line each, for where there is no formatting. */
export function digestLines(digest: Digest, show: Show): string[] {
  const times = [...new Set([utcTime(digest.from), utcTime(digest.to)])].filter((time) => time !== '');
  return [
    ...(times.length === 0 ? [] : [times.join(' to ')]),
    ...countLines(digest, show).map(({ label, names, missing }) => {
      const counted = names.map(({ shown, count }) => `${shown} × ${count}`);
      return `${label}: ${[...counted, ...(missing > 0 ? [`and ${missing} more`] : [])].join(', ')}`;
    }),
  ];
}

/** The same for an alert singled out, without its link. */
export function singledOutLine({ label, alert }: SingledOut, show: Show): string {
  const suppressed = alert.suppressed === undefined ? '' : suppressedText(alert.suppressed, utcTime);
  const said = [singleTitle(alert, show), utcTime(alert.at), suppressed].filter((text) => text !== '');
  return `${label}: ${said.join(' · ')}`;
}
