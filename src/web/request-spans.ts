import type { ServerResponse } from 'node:http';
import { SpanKind, type Span } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { beginSpan, failSpan, noSpan } from '../tracing/spans.js';
import { pathOf } from './paths.js';

const batches = '/api/logs';

/** The span of each request that is traced. */
const spans = new WeakMap<FastifyRequest, Span>();

/** The span of a request, which records nothing for one that is not traced. */
export function spanOf(request: FastifyRequest): Span {
  return spans.get(request) ?? noSpan;
}

/**
 * Traces each request that brings a batch, until it is answered. To be added after the guards, so that nobody without a
 * token fills a trace.
 */
export function addRequestSpans(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    if (pathOf(request) !== batches) return;
    const span = begin(request);
    spans.set(request, span);
    // Comes after the answer, and also where the sender has gone away before it.
    reply.raw.once('close', () => end(span, reply.raw));
  });
}

function begin(request: FastifyRequest): Span {
  return beginSpan(
    `${request.method} ${batches}`,
    {
      kind: SpanKind.SERVER,
      attributes: {
        'http.request.method': request.method,
        'http.route': batches,
        'url.path': batches,
        'url.scheme': request.protocol,
        'alert_router.request.id': request.id,
      },
    },
    request.headers,
  );
}

function end(span: Span, { writableFinished, statusCode }: ServerResponse): void {
  if (writableFinished) span.setAttribute('http.response.status_code', statusCode);
  if (!writableFinished) failSpan(span, 'aborted');
  else if (statusCode >= 500) failSpan(span, String(statusCode));
  span.end();
}
