import {
  INVALID_SPAN_CONTEXT,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Link,
  type Span,
  type SpanOptions,
} from '@opentelemetry/api';

/** Makes spans that do nothing until {@link startTracing} has put the SDK behind the API. */
const tracer = trace.getTracer('auth0-alert-router');

/** A span that records nothing. */
export const noSpan: Span = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** @param headers where a W3C `traceparent` may name the trace that the span belongs to; otherwise it begins one */
export function beginSpan(name: string, options: SpanOptions, headers: object = {}): Span {
  return tracer.startSpan(name, options, propagation.extract(ROOT_CONTEXT, headers));
}

/** Does a part of a span's work in a span of its own. */
export function withinSpan<T>(
  parent: Span,
  name: string,
  work: (span: Span) => Promise<T>,
  kind = SpanKind.INTERNAL,
): Promise<T> {
  return endingSpan(tracer.startSpan(name, { kind }, trace.setSpan(ROOT_CONTEXT, parent)), work);
}

/** Ends the span with the work. Of an error only the name is recorded, since its text may quote an event. */
export async function endingSpan<T>(span: Span, work: (span: Span) => Promise<T>): Promise<T> {
  try {
    return await work(span);
  } catch (error) {
    failSpan(span, error instanceof Error ? error.name : 'unknown');
    throw error;
  } finally {
    span.end();
  }
}

/** Does nothing to a span that has ended, as that of a request has whose sender went away. */
export function describeSpan(span: Span, attributes: Attributes): void {
  if (span.isRecording()) span.setAttributes(attributes);
}

/** @param type one of a few words that say what went wrong */
export function failSpan(span: Span, type: string): void {
  span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR });
}

/** The W3C `traceparent` of a span, for others to link to it; undefined where it is not recorded. */
export function traceParentOf(span: Span): string | undefined {
  if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
  const headers: { traceparent?: string } = {};
  propagation.inject(trace.setSpan(ROOT_CONTEXT, span), headers);
  return headers.traceparent;
}

/** A link to the span that a `traceparent` names; none where it names none. */
export function linksTo(traceParents: readonly string[]): Link[] {
  return traceParents.flatMap((traceparent) => {
    const context = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, { traceparent }));
    return context === undefined ? [] : [{ context }];
  });
}
