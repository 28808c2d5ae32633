import type { Severity } from '../../domain/alert.js';
import type { Notice } from '../../domain/message.js';
import type { Combined } from '../combine.js';
import { cut } from './cut.js';
import { clean, escapeText, neutralise, safeUrl } from './escape.js';
import { oneLine } from './headline.js';
import { limits } from './limits.js';

/** Runbooks beyond this many are left out, so that the context has room for the rest. */
const mostRunbooks = 5;

const severityNames: Readonly<Record<Severity, string>> = {
  info: 'Info',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};

/** The elements below an alert, as mrkdwn: severity, rules, time, and where to look further. */
export function alertContext({ lead, contributions, ruleNames }: Combined): string[] {
  const names = ruleNames.map((name) => neutralise(oneLine(clean(name)))).join(', ');
  const rules = ruleNames.length > 1 ? `${ruleNames.length} rules: ${names}` : names;
  const runbooks = new Map(contributions.map(({ alert }) => [alert.runbook ?? '', alert.ruleName]));
  runbooks.delete('');
  return [
    severityNames[lead.severity],
    contributions.length > 1 ? `${contributions.length} alerts` : '',
    cut(rules, limits.field),
    localTime(lead.at),
    link(lead.link ?? '', 'Open in Auth0'),
    ...[...runbooks]
      .slice(0, mostRunbooks)
      .map(([url, name]) => link(url, runbooks.size > 1 ? `Runbook: ${name}` : 'Runbook')),
  ];
}

/** The elements below a notice of the router itself, as mrkdwn. */
export function noticeContext(notice: Notice): string[] {
  return [severityNames[notice.severity], 'auth0-alert-router', localTime(notice.at)];
}

/** Shown in the reader's own time zone; Slack's date formatting, with UTC for clients that have none. */
function localTime(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  const utc = `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(at / 1_000)}^{date_short_pretty} {time_secs}|${utc}>`;
}

/** Empty when the URL is no http(s) one, or too long for an element. */
function link(url: string, label: string): string {
  const target = escapeText(safeUrl(url) ?? '');
  const shown = cut(neutralise(oneLine(clean(label))), limits.header);
  return target === '' || target.length > limits.section - shown.length - 3 ? '' : `<${target}|${shown}>`;
}
