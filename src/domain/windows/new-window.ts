import type { Timeline } from './timeline.js';
import type { NewWindow, WindowOutcome } from './window.js';

/**
 * Records a value in its own timeline, which keeps when the value first came.
 *
 * @param key the timeline of the key, which has the cooldown
 * @param loadedAt when the rule was first loaded, in ms since the epoch
 */
export function evaluateNew(
  window: NewWindow,
  key: Timeline,
  value: Timeline,
  at: number,
  loadedAt: number,
): WindowOutcome<object> {
  const known = value.fired.length > 0;
  if (!known) value.fire(at);
  if (known || at < loadedAt + window.learnMs) return { kind: 'not-reached' };
  const alertAt = key.cooldownAt(at, window.cooldownMs);
  if (alertAt !== undefined) return { kind: 'cooldown', alertAt };
  // A key without a cooldown needs to remember nothing.
  if (window.cooldownMs > 0) key.fire(at);
  return { kind: 'completed', alertAt: at };
}
