import { Logger } from '@nestjs/common';
import { RateLimitedLog } from '../app/rate-limited-log.js';
import type { Settings } from '../config/settings.js';
import type { Clock } from '../domain/clock.js';

/** How many lines a minute say that spans could not be sent, or that a variable is wrong. */
const linesAMinute = 5;

/**
 * Records spans and sends them from now on, if the settings say where to. Only then is the SDK of OpenTelemetry loaded,
 * which reads the rest of its standard variables from the environment of the process. Never fails.
 *
 * @returns sends what has not been sent, and ends it
 */
export async function startTracing(settings: Settings, clock: Clock): Promise<() => Promise<void>> {
  if (!sendsTraces(settings)) return () => Promise.resolve();
  const logger = new Logger('Tracing');
  try {
    const { startSdk } = await import('./opentelemetry-sdk.js');
    return startSdk(new RateLimitedLog(logger, clock, linesAMinute));
  } catch (error) {
    logger.warn(`no traces are sent: ${String(error)}`);
    return () => Promise.resolve();
  }
}

/** By the rules of the standard variables: only `true` disables the SDK, and only `otlp` among the exporters needs an endpoint. */
function sendsTraces(settings: Settings): boolean {
  const endpoint = settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  const exporters = settings.OTEL_TRACES_EXPORTER.split(',').map((name) => name.trim());
  return endpoint !== '' && settings.OTEL_SDK_DISABLED.toLowerCase() !== 'true' && exporters.includes('otlp');
}
