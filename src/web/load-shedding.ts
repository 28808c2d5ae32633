import { getHeapStatistics } from 'node:v8';
import underPressure from '@fastify/under-pressure';
import { Logger, ServiceUnavailableException } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../metrics/metrics.js';

/** From which pressure on requests are refused. Times are in ms. */
export interface PressureLimits {
  /** How late, on the average of a sample, the event loop runs its timers. */
  readonly maxEventLoopDelay: number;
  readonly maxHeapUsedBytes: number;
  /** How often both are measured. */
  readonly sampleInterval: number;
}

/**
 * A service that is busy is no reason to refuse: two hundred batches that arrive at once keep the loop for seconds, and all of
 * them are taken. An average of five seconds over fifteen is another matter: senders give up before they are answered. The
 * delay counts as endless when a sample holds no measurement at all, which takes a single turn about as long as the interval.
 */
export function pressureLimits(): PressureLimits {
  return {
    maxEventLoopDelay: 5_000,
    maxHeapUsedBytes: Math.floor(getHeapStatistics().heap_size_limit * 0.9),
    sampleInterval: 15_000,
  };
}

/** They cost next to nothing, and operators need them most when the service is overloaded. */
const alwaysAnswered: ReadonlySet<string | undefined> = new Set(['/healthz', '/metrics']);

const retryAfterSeconds = 5;

/** Refuses requests with 503 and Retry-After while the process has more to do than it can. */
export async function addLoadShedding(
  server: FastifyInstance,
  limits: PressureLimits,
  metrics: Metrics,
): Promise<void> {
  const logger = new Logger('LoadShedding');
  let loggedAt = Number.NEGATIVE_INFINITY;
  await server.register(underPressure, {
    ...limits,
    pressureHandler: (request, reply, type, value) => {
      if (alwaysAnswered.has(request.routeOptions.url)) return;
      metrics.requestShed(type === underPressure.TYPE_HEAP_USED_BYTES ? 'heap' : 'event-loop');
      if (performance.now() - loggedAt > 60_000) {
        loggedAt = performance.now();
        logger.warn(`requests are refused with 503: ${type} is ${Math.round(value ?? 0)}`);
      }
      void reply.header('Retry-After', String(retryAfterSeconds));
      throw new ServiceUnavailableException(
        'The router has more to do than it can at the moment. Send the request again.',
      );
    },
  });
}
