import type { Digest } from '../../domain/alerting/digest.js';
import type { FollowUp } from '../../domain/alerting/follow-up.js';
import type { Notice } from '../../domain/alerting/message.js';
import type { Combined } from '../text/combine.js';
import { followUpLines } from '../text/follow-up-text.js';
import { lateText } from '../text/late-text.js';
import { suppressedLines } from '../text/suppressed-text.js';
import { severityNames } from '../text/severity-names.js';
import { cut } from './cut.js';
import { clean, escapeText, neutralise, oneLine, safeUrl } from './escape.js';
import { limits } from './limits.js';
import { localTime } from './local-time.js';

/** Runbooks beyond this many are left out, so that the context has room for everything else. */
const maxRunbooks = 5;

/** The elements below an alert, as mrkdwn: severity, rules, time, and where to look further. */
export function alertContext({ lead, contributions, ruleNames }: Combined): string[] {
  const names = ruleNames.map(nameOf).join(', ');
  const rules = ruleNames.length > 1 ? `${ruleNames.length} rules: ${names}` : names;
  const runbooks = new Map(contributions.map(({ alert }) => [alert.runbook ?? '', alert.ruleName]));
  runbooks.delete('');
  return [
    severityNames[lead.severity],
    contributions.length > 1 ? `${contributions.length} alerts` : '',
    cut(rules, limits.field),
    [localTime(lead.at), lateText(lead)].filter((text) => text !== '').join(', '),
    link(lead.link ?? '', 'Open in Auth0'),
    ...[...runbooks]
      .slice(0, maxRunbooks)
      .map(([url, name]) => link(url, runbooks.size > 1 ? `Runbook: ${name}` : 'Runbook')),
  ];
}

/** What was suppressed before the alerts, as mrkdwn; empty where nothing was. */
export function suppressedNote(combined: Combined): string {
  return cut(suppressedLines(combined, localTime, nameOf).join('\n'), limits.field);
}

/** What the cooldowns of the alerts have brought since, as mrkdwn. */
export function followUpNote(followUps: readonly FollowUp[], { ruleNames }: Combined): string {
  return cut(followUpLines(followUps, ruleNames.length, nameOf).join('\n'), limits.field);
}

/** The elements below a follow-up, as mrkdwn: the severity, the key and the time of the last event. */
export function followUpContext({ severity, key, lastAt }: FollowUp): string[] {
  return [severityNames[severity], nameOf(key), localTime(lastAt)];
}

/** The elements below a digest, as mrkdwn: the worst severity and the time span. */
export function digestContext({ severity, from, to }: Digest): string[] {
  const times = [...new Set([localTime(from), localTime(to)])].filter((time) => time !== '');
  return [severityNames[severity], times.join(' to ')];
}

/** The elements below a notice of the router itself, as mrkdwn. */
export function noticeContext(notice: Notice): string[] {
  return [severityNames[notice.severity], 'auth0-alert-router', localTime(notice.at)];
}

/** A rule's name or a label, neutralised and on one line. */
function nameOf(name: string): string {
  return cut(neutralise(oneLine(clean(name))), limits.header);
}

/** Empty when the URL is no http(s) one, or too long for an element. */
function link(url: string, label: string): string {
  const target = escapeText(safeUrl(url) ?? '');
  const shown = nameOf(label);
  return target === '' || target.length > limits.section - shown.length - 3 ? '' : `<${target}|${shown}>`;
}
