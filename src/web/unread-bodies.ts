import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** How long, in ms, and how far, in bytes, what is left of a body is read after its answer. */
export interface DrainLimits {
  /** A sender that pauses this long has probably stopped. */
  readonly pause: number;
  readonly longest: number;
  readonly bytes: number;
}

const drainLimits: DrainLimits = { pause: 1_000, longest: 10_000, bytes: 32 * 1024 * 1024 };

const closing = new Set([401, 404, 413, 429]);

/**
 * Answers that don't wait for the body: the connection is closed after them. A connection that is closed while the
 * client still sends is reset, and the client may lose the answer; so what it sends is read for a while, and thrown
 * away, before it is closed.
 */
export function addUnreadBodies(server: FastifyInstance, limits: DrainLimits = drainLimits): void {
  server.addHook('onSend', async (request, reply, payload) => {
    const unread = hasUnreadBody(request.raw);
    if (unread || closing.has(reply.statusCode)) void reply.header('Connection', 'close');
    if (!unread || typeof payload !== 'string' || request.method === 'HEAD') return payload;
    void reply.header('Content-Length', Buffer.byteLength(payload));
    return answerThenDrain(payload, request.raw, limits);
  });
}

function hasUnreadBody(request: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  return !request.complete && (encoding !== undefined || (length !== undefined && Number(length) > 0));
}

/** The whole answer at once, and an end when the request has ended, or is not waited for any longer. */
function answerThenDrain(text: string, request: IncomingMessage, limits: DrainLimits): Readable {
  let left = limits.bytes;
  let waiting = true;
  const drop = (chunk: Buffer): void => {
    left -= chunk.length;
    if (left <= 0) end();
    else paused.refresh();
  };
  const end = (): void => {
    if (!waiting) return;
    waiting = false;
    clearTimeout(paused);
    clearTimeout(tooLong);
    request.off('data', drop).off('end', end).off('close', end);
    answer.push(null);
  };
  const paused = setTimeout(end, limits.pause);
  const tooLong = setTimeout(end, limits.longest);
  const answer = new Readable({
    read: () => undefined,
    destroy: (error, done) => {
      end();
      done(error);
    },
  });
  answer.push(text);
  request.on('data', drop).once('end', end).once('close', end).resume();
  return answer;
}
