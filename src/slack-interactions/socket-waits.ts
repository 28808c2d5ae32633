import type { Clock } from '../domain/clock.js';
import type { ConnectionEnd } from './socket-connector.js';

const [shortestMs, longestMs, refusedMs] = [1_000, 60_000, 300_000];
/** A connection that lasted so long in ms was a good one, and the next is opened at once. */
const goodMs = 10_000;

/** How long to wait before the next attempt at a connection. */
export class SocketWaits {
  private failures = 0;
  private openedAt: number | undefined;

  /** @param random from 0 up to, but not including, 1 */
  constructor(
    private readonly clock: Clock,
    private readonly random: () => number = Math.random,
  ) {}

  /** A connection is open. */
  begin(): void {
    this.openedAt = this.clock.now();
  }

  /**
   * In ms. Doubles from attempt to attempt, up to a minute, of which a random half keeps replicas from coming at once;
   * five minutes once Slack refuses, since somebody must mend that.
   */
  after(end: ConnectionEnd): number {
    const lastedMs = this.openedAt === undefined ? 0 : this.clock.now() - this.openedAt;
    this.openedAt = undefined;
    if (lastedMs >= goodMs) this.failures = 0;
    if (end.kind === 'refused') return refusedMs;
    if (end.kind === 'closed' && lastedMs >= goodMs) return 0;
    const ms = Math.min(longestMs, shortestMs * 2 ** this.failures);
    this.failures += 1;
    const spread = ms / 2 + (ms / 2) * this.random();
    return end.kind === 'failed' ? Math.max(spread, end.waitMs ?? 0) : spread;
  }
}
