import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../config/settings.js';
import type { Clock } from '../domain/clock.js';
import { adminTokens } from '../config/admin-tokens.js';
import { adminCheck, mayNotChange } from './admin-access.js';
import { hasTimelySignature } from './slack-signature.js';
import { clientAddress } from './client-address.js';
import { FailedAuthentications } from './failed-authentications.js';
import { isBelow, pathOf, sentPath } from './paths.js';
import { sendProblem, type ProtectedArea } from './problem-details.js';
import type { RefusedAuthentications } from './refused-authentications.js';
import { bearerCheck, tokenCheck } from './tokens.js';
import type { UnknownPaths } from './unknown-paths.js';

type RequestCheck = (request: FastifyRequest) => boolean;

/** What protects a part of the service; `absent` for one that is switched off. */
type Guard = 'open' | 'absent' | RequestCheck;

/**
 * Decides about every request before anything of its body is read: there must be a route for it, its address must not
 * have failed too often, and then its token must be right. A Slack signature covers the body, so that before it only
 * its form and time can be judged.
 */
export function addGuards(
  server: FastifyInstance,
  settings: Settings,
  clock: Clock,
  refused: RefusedAuthentications,
  unknown: UnknownPaths,
): void {
  const guards = guardsOf(settings, clock);
  const failed = new FailedAuthentications(settings.RATE_LIMIT, clock);

  server.addHook('onRequest', async (request, reply) => {
    const area = areaOf(pathOf(request));
    const guard = area === undefined ? 'open' : guards[area];
    if (guard === 'absent') return sendNothingHere(request, reply);
    if (area !== undefined && guard !== 'open') {
      const address = clientAddress(request.ip);
      const seconds = failed.wait(address);
      if (seconds > 0) return limit(reply, area, address, seconds);
      if (!guard(request)) return refuse(reply, area);
      if (mayNotChange(request)) return sendProblem(reply, 403, 'This token may only read.');
    }
    if (!request.is404) return undefined;
    unknown.add(request);
    return sendNothingHere(request, reply);
  });

  // The controller that checks Slack's signature answers 401 as well.
  server.addHook('onSend', async (request, reply) => {
    const area = areaOf(pathOf(request));
    if (reply.statusCode !== 401 || area === undefined) return;
    const address = clientAddress(request.ip);
    failed.add(address);
    refused.add(area, 'wrong', address);
  });

  function limit(reply: FastifyReply, area: ProtectedArea, address: string, seconds: number): FastifyReply {
    refused.add(area, 'limited', address);
    void reply.header('Retry-After', String(seconds));
    return sendProblem(reply, 429, 'Too many failed authentications from this address.');
  }
}

function guardsOf(settings: Settings, clock: Clock): Readonly<Record<ProtectedArea, Guard>> {
  const tokens = adminTokens(settings.ADMIN_TOKEN);
  const admin = tokens.length === 0 ? 'absent' : adminCheck(tokens);
  const isLogToken = tokenCheck(settings.AUTH0_LOG_STREAM_TOKEN);
  return {
    logs: ({ headers }) => isLogToken(headers.authorization),
    admin,
    metrics: bearerGuard(settings.METRICS_TOKEN) ?? 'open',
    docs: settings.NODE_ENV === 'production' ? admin : 'open',
    slack:
      settings.SLACK_SIGNING_SECRET === undefined
        ? 'absent'
        : ({ headers }) => hasTimelySignature(headers, clock.now()),
  };
}

function bearerGuard(token: string | undefined): RequestCheck | undefined {
  if (token === undefined) return undefined;
  const isToken = bearerCheck(token);
  return ({ headers }) => isToken(headers.authorization);
}

function refuse(reply: FastifyReply, area: ProtectedArea): FastifyReply {
  if (area === 'slack') return sendProblem(reply, 401, 'The request is not signed by Slack, or too old.');
  void reply.header('WWW-Authenticate', 'Bearer');
  return sendProblem(reply, 401, 'The Authorization header is missing or wrong.');
}

function sendNothingHere(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(reply, 404, `There is nothing at ${sentPath(request).slice(0, 200)}.`);
}

function areaOf(path: string): ProtectedArea | undefined {
  if (isBelow(path, '/api/logs')) return 'logs';
  if (isBelow(path, '/admin')) return 'admin';
  if (isBelow(path, '/metrics')) return 'metrics';
  if (isBelow(path, '/docs') || path.startsWith('/docs-')) return 'docs';
  return isBelow(path, '/slack') ? 'slack' : undefined;
}
