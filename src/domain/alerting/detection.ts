import type { WindowInfo } from '../windows/window-info.js';
import type { LogEvent } from '../event.js';
import type { Redactor } from '../redaction.js';
import type { Rule } from '../rule-set.js';
import { shownKey } from '../windows/window-key.js';

/** Something that a rule has to say: of one event that it matched, or of the window that the event completed. */
export interface Detection {
  readonly rule: Rule;
  /** For a `missing` window, the event that was not followed. */
  readonly event: LogEvent;
  /** The event as it may be stored and sent. */
  readonly shown: LogEvent;
  readonly window?: WindowInfo;
}

/** The detection as a channel shows it that redacts more than what no channel shows. */
export function redacted(detection: Detection, redactor: Redactor): Detection {
  const shown = redactor.shown(detection.shown);
  const { window } = detection.rule;
  if (window === undefined || detection.window === undefined) return { ...detection, shown };
  const paths = 'field' in window ? [window.field] : [['user_name'], ['user_id']];
  return {
    ...detection,
    shown,
    window: {
      ...detection.window,
      key: shownKey(window, shown),
      values: detection.window.values.flatMap((value) => {
        const text = paths.reduce<string | undefined>(
          (left, path) => (left === undefined ? undefined : redactor.text(path, left)),
          value,
        );
        return text === undefined ? [] : [text];
      }),
      samples: detection.window.samples.map((data) => redactor.data(data)),
    },
  };
}

/** The ids of the events that a detection is about, that of its own event first. */
export function logIdsOf({ event, window }: Detection): readonly [string, ...string[]] {
  const samples = (window?.samples ?? []).map((data) => data['log_id']);
  const others = samples.filter((id): id is string => typeof id === 'string' && id !== event.logId);
  return [event.logId, ...new Set(others)];
}
