import type { WindowInfo } from '../windows/window-info.js';
import type { LogEvent } from '../event.js';
import type { Rule } from '../rule-set.js';

/** Something that a rule has to say: of one event that it matched, or of the window that the event completed. */
export interface Detection {
  readonly rule: Rule;
  /** For a `missing` window, the event that was not followed. */
  readonly event: LogEvent;
  readonly window?: WindowInfo;
}

/** The ids of the events that a detection is about, that of its own event first. */
export function logIdsOf({ event, window }: Detection): readonly [string, ...string[]] {
  const samples = (window?.samples ?? []).map((data) => data['log_id']);
  const others = samples.filter((id): id is string => typeof id === 'string' && id !== event.logId);
  return [event.logId, ...new Set(others)];
}
