import { Injectable } from '@nestjs/common';
import type { ReceivedEvent } from '../domain/event.js';
import type { LogPosition } from '../domain/stores.js';
import { comesAfter, isOrderedLogId } from './log-id.js';

const minuteMs = 60_000;
/** Minutes that are remembered; more than anybody asks about. */
const minutesKept = 30;

/**
 * The newest events that the log stream delivered, by when they came. It delivers in no promised order, and tries again
 * for a while, so that only after some time an event says that those before it have come, too.
 */
@Injectable()
export class NewestEvents {
  private isWanted = false;
  private minutes: { readonly minute: number; readonly newest: LogPosition & { readonly logId: string } }[] =
    [];

  /** Until somebody wants to know, nothing is remembered. */
  start(): void {
    this.isWanted = true;
  }

  /** Takes note of a batch whose alerts are stored. */
  taken(events: readonly ReceivedEvent[], now: number): void {
    if (!this.isWanted) return;
    let newest = this.minutes.at(-1)?.newest;
    for (const { id, data } of events) {
      if (typeof id !== 'string' || !isOrderedLogId(id)) continue;
      if (newest === undefined || comesAfter(id, newest.logId) === true)
        newest = { logId: id, at: dateOf(data['date'], now) };
    }
    if (newest === undefined) return;
    const minute = Math.floor(now / minuteMs);
    const last = this.minutes.at(-1);
    if (last?.minute === minute) this.minutes.pop();
    this.minutes = [...this.minutes, { minute, newest }].slice(-minutesKept);
  }

  /** The newest of those that came before `before`, in ms since the epoch. */
  cameBefore(before: number): (LogPosition & { readonly logId: string }) | undefined {
    return this.minutes.findLast(({ minute }) => (minute + 1) * minuteMs <= before)?.newest;
  }
}

/** When an event happened by its `date`; `otherwise` where it has none, and never later than that. */
export function dateOf(date: unknown, otherwise: number): number {
  const at = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  return Number.isNaN(at) ? otherwise : Math.min(at, otherwise);
}
