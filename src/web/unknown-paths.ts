import { Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../domain/clock.js';
import type { Metrics } from '../metrics/metrics.js';
import { RateLimitedLog } from '../app/rate-limited-log.js';
import { clientAddress } from './client-address.js';
import { isBelow, pathOf, sentPath } from './paths.js';

/**
 * Tells of requests that may have been meant for `/api/logs` and reached nothing: a log stream with a misspelt URL loses
 * its events. Those are everything below `/api`, and whatever is posted. A few lines a minute at most, one for each path.
 */
export class UnknownPaths {
  private readonly lines: RateLimitedLog;

  constructor(
    private readonly metrics: Metrics,
    clock: Clock,
  ) {
    this.lines = new RateLimitedLog(new Logger('Http'), clock, 5);
  }

  add(request: FastifyRequest): void {
    const below = isBelow(pathOf(request), '/api');
    if (!below && request.method !== 'POST') return;
    this.metrics.pathUnknown(below ? 'api' : 'elsewhere');
    const asked = `${request.method} ${JSON.stringify(sentPath(request).slice(0, 200))}`;
    this.lines.warn(
      asked,
      `there is nothing at ${asked}, which ${clientAddress(request.ip)} asked for; Auth0's log stream posts to /api/logs`,
    );
  }
}
