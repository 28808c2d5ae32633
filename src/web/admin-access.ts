import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AdminToken } from '../config/admin-tokens.js';
import type { Audit } from '../operations/audit.js';
import { clientAddress } from './client-address.js';
import { isBelow, pathOf } from './paths.js';
import { bearerCheck } from './tokens.js';

/** The token that each request below /admin came with. */
const admins = new WeakMap<FastifyRequest, AdminToken>();

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A check for any of the tokens. It looks at all of them, whichever is right. */
export function adminCheck(tokens: readonly AdminToken[]): (request: FastifyRequest) => boolean {
  const checks = tokens.map((admin) => ({
    admin,
    isRight: [bearerCheck(admin.token), bearerCheck(admin.entry)],
  }));
  return (request) => {
    const right = checks.filter(({ isRight }) =>
      isRight.map((check) => check(request.headers.authorization)).includes(true),
    );
    const [first] = right;
    if (first !== undefined) admins.set(request, first.admin);
    return first !== undefined;
  };
}

/** Whose token a request came with; undefined for a token without a name. */
export function adminName(request: FastifyRequest): string | undefined {
  return admins.get(request)?.name;
}

/** Whether a request would change something, and its token may only read. */
export function mayNotChange(request: FastifyRequest): boolean {
  return admins.get(request)?.readOnly === true && changes(request);
}

/** Has every request below /admin that changes something, or was meant to, written down once it is answered. */
export function addAudit(server: FastifyInstance, audit: Pick<Audit, 'record'>): void {
  server.addHook('onResponse', async (request, reply) => {
    if (!admins.has(request) || !changes(request) || !isBelow(pathOf(request), '/admin')) return;
    await audit.record({
      by: adminName(request) ?? 'admin',
      from: clientAddress(request.ip),
      action: `${request.method} ${request.url}`,
      status: reply.statusCode,
    });
  });
}

/** Explaining events changes nothing, although their length makes it a POST. */
function changes(request: FastifyRequest): boolean {
  return !reading.has(request.method) && pathOf(request) !== '/admin/rules/explain';
}
