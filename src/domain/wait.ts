/** A stored wait: from when until when, in ms since the epoch. */
export interface Wait {
  readonly since: number;
  readonly until: number;
}

/**
 * The wait as it counts at `now`. One that begins in the future was written by a clock that has gone back since: it
 * begins now and is as long as it was meant to be. None ends further ahead than `longestMs`, where there is a limit.
 */
export function waitAt({ since, until }: Wait, now: number, longestMs = Number.POSITIVE_INFINITY): Wait {
  const ahead = Math.max(0, since - now);
  return { since: since - ahead, until: Math.min(until - ahead, now + longestMs) };
}
