import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import { ApiProperty } from './api-description.js';

/** What is wrong with a request, as RFC 9457 problem details. */
export class ProblemDetails {
  /** Always the same: the status says what kind of problem it is. */
  @ApiProperty({ enum: ['about:blank'] })
  type!: 'about:blank';

  /** What the status means. */
  @ApiProperty({ example: 'Not Found' })
  title!: string;

  @ApiProperty({ type: 'integer', minimum: 400, maximum: 599 })
  status!: number;

  /** What is wrong, and what to do instead. */
  @ApiProperty()
  detail!: string;
}

export function problemOf(status: number, detail: string): ProblemDetails {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail };
}

/** Answers with {@link problemOf}. `more` is added to it. */
export function sendProblem(
  reply: FastifyReply,
  status: number,
  detail: string,
  more: object = {},
): FastifyReply {
  const problem = { ...problemOf(status, detail), ...more };
  return reply.code(status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

/** What a token, or Slack's signature, opens. */
export type ProtectedArea = 'logs' | 'admin' | 'metrics' | 'docs' | 'slack';

/** `limited`: the address had failed too often, and its token was not looked at. */
export type RefusalReason = 'wrong' | 'limited';

/** What there was too much of. */
export type Pressure = 'event-loop' | 'heap';
