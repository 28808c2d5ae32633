import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** What a proxy may have called a request; anything else could forge lines of the log. */
const plain = /^[\w.:-]{1,100}$/;

/** The id that a proxy gave the request in `X-Request-Id`, or else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && plain.test(given) ? given : randomUUID();
}

/** Has every answer name its request, whose lines in the log name it too. */
export function addRequestIds(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply) => void reply.header('X-Request-Id', request.id));
}
