import { evaluateMissing } from './missing-window.js';
import { evaluateNew } from './new-window.js';
import type { OpenKeys } from './open-keys.js';
import type { KeyedInput } from './window-input.js';
import { evaluateSliding } from './sliding-window.js';
import type { Entry } from './entry.js';
import type { WindowOutcome } from './window.js';

/** The events of the completed window. */
export interface CompletedBy {
  readonly entries: readonly Entry[];
}

/** Adds an event to its keys and says what that did. */
export function evaluateWindow(keyed: KeyedInput, keys: OpenKeys): WindowOutcome<CompletedBy> {
  const { event, shown = event, steps, rule } = keyed.input;
  const { window } = rule;
  const { timeline } = keys.get(keyed.own.key.id);
  const entry: Entry = {
    logId: event.logId,
    at: event.at,
    seq: timeline.nextSeq(),
    steps,
    value: keyed.value,
  };
  keys.hold(event.logId, shown.data);
  switch (window.kind) {
    case 'count':
    case 'distinct':
    case 'sequence':
      return evaluateSliding(window, timeline, entry);
    case 'missing':
      return withEntries(evaluateMissing(window, timeline, entry), entry);
    case 'new': {
      const cooldown = keys.get(keyed.cooldown.key.id).timeline;
      return withEntries(evaluateNew(window, cooldown, timeline, event.at, keyed.loadedAt), entry);
    }
  }
}

function withEntries(outcome: WindowOutcome<object>, entry: Entry): WindowOutcome<CompletedBy> {
  return outcome.kind === 'completed' ? { ...outcome, entries: [entry] } : outcome;
}
