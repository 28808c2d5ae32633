import type { Notice } from '../domain/alerting/message.js';
import type { EndedSilence, Silence, SilenceMatcher } from '../domain/alerting/silence.js';
import { utcTime } from '../domain/duration.js';

/** The notice that operators get when a silence begins: who, why and until when. */
export function silenceStarted(silence: Silence): Omit<Notice, 'at'> {
  return {
    severity: 'info',
    title:
      silence.startsAt === undefined
        ? `Silence until ${utcTime(silence.endsAt)}`
        : `Silence from ${utcTime(silence.startsAt)} until ${utcTime(silence.endsAt)}`,
    detail: `${silence.author} silenced ${scopeOf(silence)}: ${silence.reason}`,
  };
}

/** The notice that operators get when the end of a silence is put off. */
export function silenceExtended(silence: Silence, by: string): Omit<Notice, 'at'> {
  return {
    severity: 'info',
    title: `Silence extended until ${utcTime(silence.endsAt)}`,
    detail: `${by} extended the silence of ${scopeOf(silence)}. ${silence.author} had set it: ${silence.reason}`,
  };
}

/** The notice that operators get when a silence is over: how many alerts it suppressed. */
export function silenceEnded(silence: EndedSilence): Omit<Notice, 'at'> {
  const { silenced, early, author, reason } = silence;
  const count = silenced === 1 ? '1 alert was' : `${silenced === 0 ? 'no' : silenced} alerts were`;
  const end = early ? `was removed before its time, ${utcTime(silence.endsAt)}` : 'is over';
  return {
    severity: 'info',
    title: `Silence ended: ${count} silenced`,
    detail: `The silence of ${scopeOf(silence)} ${end}. ${author} had set it: ${reason}`,
  };
}

function scopeOf({ rule, severity, tags = [], owner, fields }: SilenceMatcher): string {
  const of = [
    ...(severity === undefined ? [] : [`severity ${severity.join(' or ')}`]),
    ...(tags.length === 0 ? [] : [`with the tags ${tags.join(', ')}`]),
    ...(owner === undefined ? [] : [`of the owner ${owner}`]),
  ];
  const rules = rule === undefined ? 'rules' : `the rule ${rule}`;
  const alerts = rule === undefined && of.length === 0 ? '' : [rules, ...of].join(' ');
  const events = fields === undefined ? '' : `events with ${JSON.stringify(fields)}`;
  return [alerts, events].filter((part) => part !== '').join(' for ');
}
