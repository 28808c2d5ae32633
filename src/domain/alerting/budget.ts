/** A rate limit: so many a second on average, and up to `burst` at once after a quiet time. */
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
 * All times are ms since the epoch. The `usedUntil` that is returned is to be stored also when there is a wait: one
 * that a clock wrote which has gone back since would otherwise block until the clock has caught up.
 *
 * @param reserve how many messages must be left for others, fewer than the burst
 */
export function takeFromBudget(
  usedUntil: number,
  rate: Rate,
  now: number,
  reserve = 0,
): { readonly waitMs: number; readonly usedUntil: number } {
  const intervalMs = 1000 / rate.perSecond;
  const used = Math.max(withinBurst(usedUntil, rate, now), now);
  const waitMs = Math.max(0, used - intervalMs * (rate.burst - 1 - reserve) - now);
  return waitMs > 0
    ? { waitMs: Math.ceil(waitMs), usedUntil: withinBurst(usedUntil, rate, now) }
    : { waitMs: 0, usedUntil: Math.ceil(used + intervalMs) };
}

/** How many could be sent from now within that time. */
export function capacityWithin(usedUntil: number, rate: Rate, now: number, withinMs: number): number {
  const intervalMs = 1000 / rate.perSecond;
  const used = Math.max(withinBurst(usedUntil, rate, now), now);
  return Math.max(0, Math.floor((now + withinMs - used) / intervalMs) + rate.burst);
}

/** No budget is used up for longer than a full burst takes to come back. */
function withinBurst(usedUntil: number, { perSecond, burst }: Rate, now: number): number {
  return Math.min(usedUntil, Math.ceil(now + (1000 / perSecond) * burst));
}
