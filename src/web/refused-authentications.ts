import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../domain/clock.js';
import { Metrics } from '../metrics/metrics.js';
import { RateLimitedLog } from '../app/rate-limited-log.js';
import type { ProtectedArea, RefusalReason } from './problem-details.js';

/** Refusals that are further apart, in ms, have nothing to do with one another. */
const apartMs = 15 * 60_000;

/** What has been refused at one place lately. Times are ms since the epoch. */
export interface RefusedLately {
  readonly at: ProtectedArea;
  readonly since: number;
  readonly last: number;
  readonly refused: number;
}

/** Counts every refused authentication, and logs one line a minute at most, however many there are. */
@Injectable()
export class RefusedAuthentications {
  private readonly lines: RateLimitedLog;
  private readonly places = new Map<ProtectedArea, RefusedLately>();

  constructor(
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {
    this.lines = new RateLimitedLog(new Logger('Authentication'), clock, 1);
  }

  add(area: ProtectedArea, reason: RefusalReason, address: string): void {
    this.metrics.authenticationRefused(area, reason);
    const why = reason === 'wrong' ? 'a missing or wrong token' : 'too many failures before it';
    this.lines.warn('refused', `refused a request for ${area} from ${address} for ${why}`);
    const now = this.clock.now();
    const { since, refused } = this.lately(area, now) ?? { since: now, refused: 0 };
    this.places.set(area, { at: area, since, last: now, refused: refused + 1 });
  }

  /** The places where this process has refused a request in the last quarter of an hour, and since when it has without a pause of that length. */
  list(): readonly RefusedLately[] {
    const now = this.clock.now();
    return [...this.places.keys()].flatMap((place) => this.lately(place, now) ?? []);
  }

  private lately(place: ProtectedArea, now: number): RefusedLately | undefined {
    const known = this.places.get(place);
    return known !== undefined && Math.abs(now - known.last) < apartMs ? known : undefined;
  }
}
