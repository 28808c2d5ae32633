/** `burst` requests at once, and `perSecond` a second after that. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** A limit held separately for each key. What it turns away does not count against the key. */
export class RateLimit {
  /** For each key the time at which its burst would be whole again, in ms since the epoch. */
  private readonly wholeAt = new Map<string, number>();

  constructor(
    private readonly rate: Rate,
    private readonly now: () => number,
  ) {}

  /** 0 when the request may pass, which counts it; otherwise the whole seconds to wait, as in `Retry-After`. */
  take(key: string): number {
    const now = this.now();
    const interval = 1_000 / this.rate.perSecond;
    const wholeAt = Math.max(now, this.wholeAt.get(key) ?? now);
    const waitMs = wholeAt - now - (this.rate.burst - 1) * interval;
    if (waitMs > 0) return Math.ceil(waitMs / 1_000);
    this.wholeAt.set(key, wholeAt + interval);
    return 0;
  }
}
