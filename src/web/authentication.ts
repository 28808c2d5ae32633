import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../config/settings.js';
import { sendProblem } from './problem-details.js';
import { tokenCheck, type TokenCheck } from './tokens.js';

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

  const guards = {
    logs: tokenCheck(settings.AUTH0_LOG_STREAM_TOKEN),
    admin: settings.ADMIN_TOKEN === undefined ? ('absent' as const) : tokenCheck([settings.ADMIN_TOKEN]),
  };

  server.addHook('onRequest', async (request, reply) => {
    const guard = guardOf(request, guards);
    if (guard === 'open') return undefined;
    if (guard === 'absent') return sendProblem(reply, 404, `There is nothing at ${pathOf(request)}.`);
    if (guard(request.headers.authorization)) return undefined;
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

/** What stands before a path; `absent` for an admin API that is switched off. */
type Guard = TokenCheck | 'open' | 'absent';

function guardOf(request: FastifyRequest, guards: Readonly<Record<'logs' | 'admin', Guard>>): Guard {
  const path = pathOf(request);
  if (isBelow(path, '/api/logs')) return guards.logs;
  return isBelow(path, '/admin') ? guards.admin : 'open';
}

/** The route that answers, so that no spelling of the path gets round the check; the raw path where none does. */
function pathOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? request.url.split('?', 1)[0] ?? '/';
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
