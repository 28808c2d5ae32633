/** A rate limit: so many a second on average, and so many at once after a rest. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Slack: one message a second and channel, short bursts tolerated. */
export const channelRate: Rate = { perSecond: 1, burst: 3 };
/** Slack: several hundred messages a minute and workspace. */
export const workspaceRate: Rate = { perSecond: 5, burst: 20 };

/**
 * The generic cell rate algorithm, whose whole state is one time: `usedUntil`, up to which the budget is used up.
 * All times are ms since the epoch.
 */
export function takeFromBudget(
  usedUntil: number,
  rate: Rate,
  now: number,
): { readonly waitMs: number; readonly usedUntil: number } {
  const intervalMs = 1000 / rate.perSecond;
  // A clock that went back must not block the channel for longer than a full burst takes to come back.
  const used = Math.min(Math.max(usedUntil, now), now + intervalMs * rate.burst);
  const waitMs = Math.max(0, used - intervalMs * (rate.burst - 1) - now);
  return { waitMs: Math.ceil(waitMs), usedUntil: Math.ceil(waitMs > 0 ? usedUntil : used + intervalMs) };
}

/** How many could be sent from now within that time. */
export function capacityWithin(usedUntil: number, rate: Rate, now: number, withinMs: number): number {
  const intervalMs = 1000 / rate.perSecond;
  const used = Math.max(usedUntil, now);
  return Math.max(0, Math.floor((now + withinMs - used) / intervalMs) + rate.burst);
}
