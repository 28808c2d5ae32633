import { evaluateMissing, openId } from './missing-window.js';
import { evaluateNew } from './new-window.js';
import type { OpenKeys } from './open-keys.js';
import type { KeyedInput } from './window-input.js';
import { evaluateSliding } from './sliding-window.js';
import type { Entry } from './timeline.js';

/** What an event came to, with the events of the window that it completed. */
export type Outcome =
  | { readonly kind: 'completed'; readonly entries: readonly Entry[] }
  | { readonly kind: 'not-reached' }
  | { readonly kind: 'cooldown' }
  | { readonly kind: 'no-part' };

/** Takes an event into its keys. */
export function evaluateWindow(keyed: KeyedInput, keys: OpenKeys): Outcome {
  const { event, steps, rule } = keyed.input;
  const { window } = rule;
  const { opening, timeline } = keys.get(keyed.own.opening.id);
  const id = `${opening.id}/${event.logId}`;
  const entry: Entry = {
    id,
    logId: event.logId,
    at: event.at,
    seq: timeline.nextSeq(),
    steps,
    value: keyed.value,
  };
  keys.hold(id, event.data);
  switch (window.kind) {
    case 'count':
    case 'distinct':
    case 'sequence':
      return evaluateSliding(window, timeline, entry);
    case 'missing':
      keys.hold(openId(id), event.data);
      return { kind: evaluateMissing(window, timeline, entry) };
    case 'new': {
      const cooldown = keys.get(keyed.cooldown.opening.id).timeline;
      const kind = evaluateNew(window, cooldown, timeline, event.at, keyed.loadedAt);
      return kind === 'completed' ? { kind, entries: [entry] } : { kind };
    }
  }
}
