import type { LogEvent } from '../../src/domain/event.js';
import type { MissingWindow, NewWindow, SlidingWindow, Window } from '../../src/domain/windows/window.js';

/** What the reference says of an event, or of one whose time is up. */
export interface ShownWindow {
  readonly count: number;
  readonly key: string;
  readonly values: readonly string[];
  readonly steps: readonly number[];
  readonly firstAt: number;
  readonly lastAt: number;
}

export type Verdict =
  | { readonly kind: 'completed'; readonly shown: ShownWindow }
  | { readonly kind: 'not-reached' | 'cooldown' | 'no-part' };

/** An event as it came. Nothing is ever forgotten. */
interface Seen {
  readonly event: LogEvent;
  readonly at: number;
  /** How many events of the key came before it. */
  readonly order: number;
  readonly steps: readonly number[];
  readonly value: string | undefined;
  /** An alert has shown it, or it fell into a cooldown. */
  done: boolean;
}

interface Key {
  readonly seen: Seen[];
  /** The event times of the alerts. */
  readonly alerts: number[];
}

/**
 * What a window means, spelled out without regard to cost: keeps every event, and looks at all of them for each new
 * one. Events have their key in `key`, their field in `field`, and their user in `user_name`.
 */
export class WindowReference {
  private readonly keys = new Map<string, Key>();

  constructor(
    private readonly window: Window,
    private readonly loadedAt: number,
  ) {}

  take(event: LogEvent, steps: readonly number[]): Verdict {
    const name = textOf(event, 'key');
    const looksAtField = this.window.kind === 'distinct' || this.window.kind === 'new';
    const value = textOf(event, looksAtField ? 'field' : 'user_name');
    if (name === undefined || (looksAtField && value === undefined)) return { kind: 'no-part' };
    const key = this.keys.get(name) ?? { seen: [], alerts: [] };
    this.keys.set(name, key);
    const own: Seen = { event, at: event.at, order: key.seen.length, steps, value, done: false };
    key.seen.push(own);
    switch (this.window.kind) {
      case 'count':
      case 'distinct':
      case 'sequence':
        return this.takeSliding(this.window, name, key, own);
      case 'missing':
        own.done = this.isInCooldown(key, own.at);
        return { kind: own.done && steps.includes(0) ? 'cooldown' : 'not-reached' };
      case 'new':
        return this.takeNew(this.window, name, key, own);
    }
  }

  /** The alerts of the `missing` window whose time is up, by the id of the event that nothing followed. */
  due(now: number): ReadonlyMap<string, ShownWindow> {
    const alerts = new Map<string, ShownWindow>();
    if (this.window.kind !== 'missing') return alerts;
    const { withinMs, cooldownMs } = this.window;
    for (const [name, key] of this.keys) {
      for (const open of inTime(key.seen)) {
        if (!open.steps.includes(0) || open.done || open.at + withinMs > now) continue;
        if (!isFollowed(this.window, key, open) && !this.isInCooldown(key, open.at)) {
          const waiting = inTime(key.seen).filter(
            (other) =>
              other.steps.includes(0) &&
              !other.done &&
              other.at >= open.at &&
              other.at - open.at < cooldownMs &&
              !isFollowed(this.window as MissingWindow, key, other),
          );
          alerts.set(open.event.logId, this.shownOf(name, waiting));
          key.alerts.push(open.at);
        }
        open.done = true;
      }
    }
    return alerts;
  }

  private takeSliding(window: SlidingWindow, name: string, key: Key, own: Seen): Verdict {
    if (this.isInCooldown(key, own.at)) {
      own.done = true;
      return { kind: 'cooldown' };
    }
    for (const last of inTime(key.seen)) {
      const live = inTime(key.seen).filter(
        (other) =>
          !other.done &&
          !this.isInCooldown(key, other.at) &&
          compare(other, last) <= 0 &&
          last.at - other.at <= window.withinMs &&
          !key.alerts.some((alert) => other.at <= alert && alert <= last.at),
      );
      if (!live.includes(own) || !live.includes(last) || !isComplete(window, live)) continue;
      key.alerts.push(last.at);
      for (const one of live) one.done = true;
      return { kind: 'completed', shown: this.shownOf(name, live) };
    }
    return { kind: 'not-reached' };
  }

  private takeNew(window: NewWindow, name: string, key: Key, own: Seen): Verdict {
    const known = key.seen.some((other) => other !== own && other.value === own.value);
    if (known || own.at < this.loadedAt + window.learnMs) return { kind: 'not-reached' };
    if (this.isInCooldown(key, own.at)) return { kind: 'cooldown' };
    key.alerts.push(own.at);
    return { kind: 'completed', shown: this.shownOf(name, [own]) };
  }

  private isInCooldown(key: Key, at: number): boolean {
    return key.alerts.some((alert) => Math.abs(at - alert) < this.window.cooldownMs);
  }

  private shownOf(key: string, seen: readonly Seen[]): ShownWindow {
    const values = [...new Set(seen.flatMap(({ value }) => (value === undefined ? [] : [value])))];
    return {
      count: this.window.kind === 'distinct' ? values.length : seen.length,
      key,
      values,
      steps:
        this.window.kind === 'sequence'
          ? this.window.steps.map((_, step) => seen.filter(({ steps }) => steps.includes(step)).length)
          : [],
      firstAt: Math.min(...seen.map(({ at }) => at)),
      lastAt: Math.max(...seen.map(({ at }) => at)),
    };
  }
}

/** An event that says "" lacks the value. */
function textOf(event: LogEvent, property: string): string | undefined {
  const text = event.data[property] as string | undefined;
  return text === '' ? undefined : text;
}

function compare(a: Seen, b: Seen): number {
  return a.at - b.at || a.order - b.order;
}

function inTime(seen: readonly Seen[]): Seen[] {
  return seen.toSorted(compare);
}

function isFollowed(window: MissingWindow, key: Key, open: Seen): boolean {
  return key.seen.some(
    (other) =>
      other !== open &&
      other.steps.includes(1) &&
      other.at - open.at <= window.withinMs &&
      (other.at > open.at ||
        (other.at === open.at && (other.order > open.order || !other.steps.includes(0)))),
  );
}

function isComplete(window: SlidingWindow, seen: readonly Seen[]): boolean {
  switch (window.kind) {
    case 'count':
      return seen.length >= window.count;
    case 'distinct':
      return new Set(seen.map(({ value }) => value)).size >= window.count;
    case 'sequence': {
      const places = window.steps.flatMap((count, step) => Array.from({ length: count }, () => step));
      return canFill(places, seen, window.ordered);
    }
  }
}

/** Whether every place can have an event of its step, each event in one place, by trying all ways. */
function canFill(places: readonly number[], seen: readonly Seen[], ordered: boolean): boolean {
  const [step, ...rest] = places;
  if (step === undefined) return true;
  return seen.some(
    (one, index) =>
      one.steps.includes(step) &&
      canFill(rest, ordered ? seen.slice(index + 1) : seen.toSpliced(index, 1), ordered),
  );
}
