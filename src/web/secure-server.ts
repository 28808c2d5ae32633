import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Settings } from '../config/settings.js';
import type { Clock } from '../domain/clock.js';
import type { BatchResults } from '../ingest/batch-results.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Audit } from '../operations/audit.js';
import { addAudit } from './admin-access.js';
import { addBodyParsers, longestOtherBody } from './body-parsers.js';
import { addGuards } from './guards.js';
import { addLoadShedding, pressureLimits } from './load-shedding.js';
import { routerOptions } from './paths.js';
import { sendProblem } from './problem-details.js';
import type { RefusedAuthentications } from './refused-authentications.js';
import { addRequestSpans } from './request-spans.js';
import { addRequestIds, requestIdOf } from './request-id.js';
import { addSecurityHeaders } from './security-headers.js';
import { addListenerLimits, continueWhenRead, limitOptions, serverLimits } from './server-limits.js';
import { addUnreadBodies } from './unread-bodies.js';
import { UnknownPaths } from './unknown-paths.js';

/** The HTTP server that faces the internet: everything between a connection and the first controller. */
export class SecureServer {
  readonly adapter: FastifyAdapter;

  constructor(private readonly settings: Settings) {
    this.adapter = new FastifyAdapter({
      ...limitOptions(serverLimits),
      bodyLimit: longestOtherBody,
      routerOptions,
      forceCloseConnections: 'idle',
      trustProxy: trustedBy(settings),
      genReqId: requestIdOf,
      // A path that can't be decoded is found before there is a request to run hooks for.
      frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) => {
        void reply.header('Connection', 'close').header('X-Content-Type-Options', 'nosniff');
        void reply.header('Content-Security-Policy', "default-src 'none'");
        void sendProblem(reply, 400, 'The path is not valid.');
      },
    });
  }

  /** Adds everything in the order in which requests go through it. To be called before there are routes. */
  async secure(
    metrics: Metrics,
    clock: Clock,
    refused: RefusedAuthentications,
    batches: BatchResults,
    audit: Pick<Audit, 'record'>,
  ): Promise<void> {
    const server = this.adapter.getInstance<FastifyInstance>();
    addListenerLimits(server, serverLimits);
    addRequestIds(server);
    addUnreadBodies(server);
    continueWhenRead(server);
    await addSecurityHeaders(server);
    await addLoadShedding(server, pressureLimits(), metrics);
    addGuards(server, this.settings, clock, refused, new UnknownPaths(metrics, clock));
    addRequestSpans(server);
    addAudit(server, audit);
    addBodyParsers(server, this.settings.MAX_BODY, batches);
  }
}

type Trusted = false | string[] | ((address: string, hop: number) => boolean);

function trustedBy({ TRUST_PROXY }: Settings): Trusted {
  if (typeof TRUST_PROXY !== 'number') return [...TRUST_PROXY];
  return TRUST_PROXY === 0 ? false : (_address, hop) => hop < TRUST_PROXY;
}
