import { diag, DiagLogLevel, propagation, trace } from '@opentelemetry/api';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { packageVersion } from '../app/package-folder.js';
import type { RateLimitedLog } from '../app/rate-limited-log.js';
import { WatchedExporter } from './watched-exporter.js';

/**
 * Puts the SDK behind the API, for the whole process. To be loaded by {@link startTracing} only, because it is large.
 *
 * @returns sends what has not been sent, and ends it
 */
export function startSdk(log: RateLimitedLog): () => Promise<void> {
  const said = (...words: unknown[]): void => {
    const line = oneLine(words.filter((word) => typeof word === 'string').join(' '));
    log.warn(line, `tracing: ${line}`);
  };
  // What the SDK says of its variables and of spans that it dropped.
  diag.setLogger(
    { error: said, warn: said, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  // What it says of spans that could not be sent has the answer's body in it; the exporter below says it shorter.
  setGlobalErrorHandler(silent);
  const exporter = new WatchedExporter(new OTLPTraceExporter(), (why) =>
    log.warn('export', `traces could not be sent: ${oneLine(why)}`),
  );
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(
        resourceFromAttributes({
          'service.name': 'auth0-alert-router',
          'service.version': packageVersion(),
        }),
      )
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  trace.setGlobalTracerProvider(provider);
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return async () => {
    // The exporter has logged why, if it failed.
    await provider.shutdown().catch(silent);
  };
}

function silent(): void {}

/** So that nothing a collector answers can forge or fill the log. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 300);
}
