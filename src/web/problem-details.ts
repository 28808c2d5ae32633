import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';

/** Answers with RFC 9457 problem details. `more` is added to them. */
export function sendProblem(
  reply: FastifyReply,
  status: number,
  detail: string,
  more: object = {},
): FastifyReply {
  const problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, ...more };
  return reply.code(status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

/** What a token, or Slack's signature, opens. */
export type ProtectedArea = 'logs' | 'admin' | 'metrics' | 'docs' | 'slack';

/** `limited`: the address had failed too often, and its token was not looked at. */
export type RefusalReason = 'wrong' | 'limited';

/** What there was too much of. */
export type Pressure = 'event-loop' | 'heap';
