/** The cooldown of a key that the alert at that event time (ms since the epoch) began. */
export interface Cooldown {
  readonly keyId: string;
  readonly alertAt: number;
}

/** Events of a key: how many, and the event times of the first and the last, in ms since the epoch. */
export interface EventSpan {
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** An alert whose cooldown has begun, with the events that it shows. */
export interface BegunCooldown extends Cooldown, EventSpan {
  /** When the cooldown has ended by the clock, in ms since the epoch. */
  readonly endsAt: number;
}

/** Events that arrived during a cooldown. */
export interface CooldownEvents extends Cooldown, EventSpan {}

/** A cooldown whose alert was sent, to be followed up when more events arrive before it ends. */
export interface FollowedCooldown extends BegunCooldown {
  /** The `by` values, joined by a comma. */
  readonly key: string;
  /** The alerts that were sent, one for each channel. */
  readonly alertIds: readonly string[];
}

/** Counts the events that arrive during the cooldowns of alerts that were sent. */
export abstract class FollowUps {
  abstract begin(cooldowns: readonly FollowedCooldown[]): Promise<void>;
  /** Adds events to cooldowns that have begun and not been followed up. Others are ignored. */
  abstract add(events: readonly CooldownEvents[]): Promise<void>;
}

/** Late events are counted for so long after the end of a cooldown, in ms: Auth0 sends its batches some seconds late. */
const latestEventsMs = 5_000;

/** When a cooldown has ended by the clock. Alerts about the past wait for the events that arrive together with theirs. */
export function cooldownEnd(alertAt: number, cooldownMs: number, now: number): number {
  return Math.max(alertAt + cooldownMs, now) + Math.min(cooldownMs, latestEventsMs);
}

/** Adds the events of each cooldown up. */
export function sumByCooldown(
  events: readonly (Cooldown & { readonly at: number })[],
): readonly CooldownEvents[] {
  const sums = new Map<string, CooldownEvents>();
  for (const { keyId, alertAt, at } of events) {
    const id = JSON.stringify([keyId, alertAt]);
    const { count, firstAt, lastAt } = sums.get(id) ?? { count: 0, firstAt: at, lastAt: at };
    sums.set(id, {
      keyId,
      alertAt,
      count: count + 1,
      firstAt: Math.min(firstAt, at),
      lastAt: Math.max(lastAt, at),
    });
  }
  return [...sums.values()];
}
