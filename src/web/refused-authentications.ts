import { Logger } from '@nestjs/common';
import type { Clock } from '../domain/clock.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Guarded, RefusalReason } from './refusal.js';

const betweenLinesMs = 60_000;

/** Counts every refused authentication, and logs one line a minute at most, however many there are. */
export class RefusedAuthentications {
  private readonly logger = new Logger('Authentication');
  private loggedAt = Number.NEGATIVE_INFINITY;
  private sinceThen = 0;

  constructor(
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  add(guarded: Guarded, reason: RefusalReason, address: string): void {
    this.metrics.authenticationRefused(guarded, reason);
    const now = this.clock.now();
    if (Math.abs(now - this.loggedAt) < betweenLinesMs) {
      this.sinceThen += 1;
      return;
    }
    const more = this.sinceThen === 0 ? '' : `, and ${this.sinceThen} more since the last such line`;
    const why = reason === 'wrong' ? 'a missing or wrong token' : 'too many failures before it';
    this.logger.warn(`refused a request for ${guarded} from ${address} for ${why}${more}`);
    this.loggedAt = now;
    this.sinceThen = 0;
  }
}
