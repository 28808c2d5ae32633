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
  server.addHook('onRequest', async (request) => {
    if (pathOf(request) === batches) spans.set(request, begin(request));
  });
  server.addHook('onResponse', async (request, { statusCode }) => {
    const span = take(request);
    span?.setAttribute('http.response.status_code', statusCode);
    if (span !== undefined && statusCode >= 500) failSpan(span, String(statusCode));
    span?.end();
  });
  server.addHook('onRequestAbort', async (request) => {
    const span = take(request);
    if (span !== undefined) failSpan(span, 'aborted');
    span?.end();
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

/** The span, once: a request that is aborted while it is answered ends twice. */
function take(request: FastifyRequest): Span | undefined {
  const span = spans.get(request);
  spans.delete(request);
  return span;
}
