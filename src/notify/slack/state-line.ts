import { stateText, type DeliveryState } from '../../domain/alerting/delivery-state.js';
import { cut } from './cut.js';
import { clean, neutralise, oneLine } from './escape.js';
import { limits } from './limits.js';
import { localTime } from './local-time.js';

/** Where a message stands and since when, in the reader's own time, as mrkdwn; empty where nobody has touched it. */
export function stateLine(state: DeliveryState): string {
  if (state.at === undefined) return '';
  return briefLine(stateText(state), state.at);
}

/** One line of what somebody did, and when, as mrkdwn. */
export function briefLine(text: string, at: number): string {
  return `${briefText(text)} · ${localTime(at)}`;
}

/** Names and notes, neutralised and on one line. */
export function briefText(text: string): string {
  return cut(neutralise(oneLine(clean(text))), limits.label);
}
