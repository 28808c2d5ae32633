import type { LogEvent } from '../event.js';
import { latenessMs } from './limits.js';
import { waiting } from './missing-window.js';
import type { OpenKey, WindowKey } from './open-keys.js';
import { keyOf, valueOf, type Fingerprint } from './window-key.js';
import type { StoredWindow } from './window-states.js';
import type { Window, WindowRule } from './window.js';

/** A rule with a window and an event that matched some of its steps: `[0]` for kinds that have no steps. */
export interface WindowInput<R extends WindowRule = WindowRule> {
  readonly rule: R;
  readonly event: LogEvent;
  /** The event as it may be stored; absent: as it is. */
  readonly shown?: LogEvent;
  readonly steps: readonly number[];
}

/** An input and the keys that it belongs to. */
export interface KeyedInput {
  readonly input: WindowInput;
  readonly loadedAt: number;
  readonly text: string;
  /** The key; for `new`, the value below the key. */
  readonly own: WindowKey;
  /** What has the cooldown: the key. */
  readonly cooldown: WindowKey;
  readonly value: string | undefined;
}

/** Finds an input's keys; undefined when it takes no part in the window. */
export function keyInput(
  input: WindowInput,
  stored: StoredWindow,
  fingerprint: Fingerprint,
  now: number,
): KeyedInput | undefined {
  const { window } = input.rule;
  const { event, shown = event } = input;
  const key = keyOf(window, event, shown);
  if (key === undefined) return undefined;
  const value = valueOf(window, event, shown, fingerprint);
  const open = (identity: readonly unknown[], expiresAt: number | null): WindowKey => ({
    key: {
      id: fingerprint(JSON.stringify([stored.id, ...identity])),
      windowId: stored.id,
      text: key.text,
      expiresAt,
    },
    window,
  });
  const cooldown = open([key.identity], window.kind === 'missing' ? null : endOf(window, now));
  const own = window.kind === 'new' ? open([key.identity, value?.identity], null) : cooldown;
  return { input, loadedAt: stored.loadedAt, text: key.text, own, cooldown, value: value?.stored };
}

/** From when on nothing needs the key: not while an event of it waits to be followed, and never for a known value. */
export function expiryOf({ key, window, timeline }: OpenKey, now: number): number | null {
  if (window.kind !== 'missing') return key.expiresAt;
  return waiting(timeline).length > 0 ? null : endOf(window, now);
}

function endOf(window: Window, now: number): number {
  const withinMs = window.kind === 'new' ? 0 : window.withinMs;
  return now + Math.max(withinMs, window.cooldownMs) + latenessMs;
}
