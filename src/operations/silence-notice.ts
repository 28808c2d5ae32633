import type { Notice } from '../domain/alerting/message.js';
import type { EndedSilence, Silence, SilenceMatcher } from '../domain/alerting/silence.js';
import { utcTime } from '../domain/duration.js';

/** The notice that operators get when a silence begins: who, why and until when. */
export function silenceStarted(silence: Silence): Omit<Notice, 'at'> {
  return {
    severity: 'info',
    title: `Silence until ${utcTime(silence.endsAt)}`,
    detail: `${silence.author} silenced ${scopeOf(silence)}: ${silence.reason}`,
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

function scopeOf({ rule, fields }: SilenceMatcher): string {
  const events = fields === undefined ? '' : `events with ${JSON.stringify(fields)}`;
  if (rule === undefined) return events;
  return events === '' ? `the rule ${rule}` : `the rule ${rule} for ${events}`;
}
