import type { Clock } from '../domain/clock.js';

const minuteMs = 60_000;

/** Where lines go; Nest's logger is one. */
export interface WarnLogger {
  warn(line: string): void;
}

/**
 * Logs what may happen any number of times in a few lines a minute: one for each key, for so many keys. The next line
 * after those that were left out says how many they were.
 */
export class RateLimitedLog {
  private readonly said = new Set<string>();
  private begun = Number.NEGATIVE_INFINITY;
  private leftOut = 0;

  /** @param most how many lines a minute there are */
  constructor(
    private readonly logger: WarnLogger,
    private readonly clock: Clock,
    private readonly most: number,
  ) {}

  warn(key: string, line: string): void {
    const now = this.clock.now();
    if (Math.abs(now - this.begun) >= minuteMs) {
      this.begun = now;
      this.said.clear();
    }
    if (this.said.has(key) || this.said.size >= this.most) {
      this.leftOut += 1;
      return;
    }
    this.said.add(key);
    const more = this.leftOut === 0 ? '' : `, and ${this.leftOut} more since the last such line`;
    this.leftOut = 0;
    this.logger.warn(`${line}${more}`);
  }
}
