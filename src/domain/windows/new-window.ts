import type { Timeline } from './timeline.js';
import type { NewWindow } from './window.js';

/**
 * Takes a value into its own timeline, which remembers when it came first, and says what that comes to. `key` is the
 * timeline of the key, which rests.
 */
export function evaluateNew(
  window: NewWindow,
  key: Timeline,
  value: Timeline,
  at: number,
  loadedAt: number,
): 'completed' | 'cooldown' | 'not-reached' {
  const known = value.fired.length > 0;
  if (!known) value.fire(at);
  if (known || at < loadedAt + window.learnMs) return 'not-reached';
  if (key.inCooldown(at, window.cooldownMs)) return 'cooldown';
  // A key that never rests has nothing to remember.
  if (window.cooldownMs > 0) key.fire(at);
  return 'completed';
}
