import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../config/settings.js';
import { sendProblem } from './problem-details.js';
import { acceptsToken } from './tokens.js';

/**
 * Checks the Authorization header of `/api/logs` and `/admin` before anything of the body is read. Failures beyond
 * RATE_LIMIT a minute and address get 429; whoever has the token is never limited.
 */
export async function addAuthentication(server: FastifyInstance, settings: Settings): Promise<void> {
  await server.register(rateLimit, { global: false });
  const limit =
    settings.RATE_LIMIT > 0
      ? server.createRateLimit({ max: settings.RATE_LIMIT, timeWindow: '1 minute' })
      : undefined;

  server.addHook('onRequest', async (request, reply) => {
    const tokens = tokensFor(request, settings);
    if (tokens === 'open') return undefined;
    if (tokens === 'absent') return sendProblem(reply, 404, `There is nothing at ${pathOf(request)}.`);
    if (acceptsToken(request.headers.authorization, tokens)) return undefined;
    return refuse(request, reply);
  });

  async function refuse(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const failures = await limit?.(request);
    if (failures !== undefined && !failures.isAllowed && failures.isExceeded) {
      void reply.header('Retry-After', String(failures.ttlInSeconds));
      return sendProblem(reply, 429, 'Too many failed authentications from this address.');
    }
    void reply.header('WWW-Authenticate', 'Bearer');
    return sendProblem(reply, 401, 'The Authorization header is missing or wrong.');
  }
}

/** The tokens that open a path: none for an open one, and none at all for an admin API that is switched off. */
function tokensFor(request: FastifyRequest, settings: Settings): readonly string[] | 'open' | 'absent' {
  const path = pathOf(request);
  if (isBelow(path, '/api/logs')) return settings.AUTH0_LOG_STREAM_TOKEN;
  if (!isBelow(path, '/admin')) return 'open';
  return settings.ADMIN_TOKEN === undefined ? 'absent' : [settings.ADMIN_TOKEN];
}

/** The route that answers, so that no spelling of the path gets round the check; the raw path where none does. */
function pathOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? request.url.split('?', 1)[0] ?? '/';
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
