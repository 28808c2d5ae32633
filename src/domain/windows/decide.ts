import { follow, openId } from './follow.js';
import { learn } from './learn.js';
import type { OpenKeys } from './open-keys.js';
import type { Placed } from './place.js';
import { slide } from './slide.js';
import type { Entry } from './timeline.js';

/** What an event came to, with the events of the window that it completed. */
export type Outcome =
  | { readonly kind: 'completed'; readonly entries: readonly Entry[] }
  | { readonly kind: 'not-reached' }
  | { readonly kind: 'resting' }
  | { readonly kind: 'no-part' };

/** Takes an event into its keys. */
export function decide(placed: Placed, keys: OpenKeys): Outcome {
  const { event, steps, rule } = placed.candidate;
  const { window } = rule;
  const { opening, timeline } = keys.get(placed.own.opening.id);
  const id = `${opening.id}/${event.logId}`;
  const entry: Entry = {
    id,
    logId: event.logId,
    at: event.at,
    seq: timeline.nextSeq(),
    steps,
    value: placed.value,
  };
  keys.hold(id, event.data);
  switch (window.kind) {
    case 'count':
    case 'distinct':
    case 'sequence':
      return slide(window, timeline, entry);
    case 'missing':
      keys.hold(openId(id), event.data);
      return { kind: follow(window, timeline, entry) };
    case 'new': {
      const resting = keys.get(placed.resting.opening.id).timeline;
      const kind = learn(window, resting, timeline, event.at, placed.loadedAt);
      return kind === 'completed' ? { kind, entries: [entry] } : { kind };
    }
  }
}
