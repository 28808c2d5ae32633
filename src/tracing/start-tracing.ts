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
  const endpoint = endpointOf(settings);
  if (endpoint === '') return () => Promise.resolve();
  const logger = new Logger('Tracing');
  try {
    const { startSdk } = await import('./opentelemetry-sdk.js');
    const end = startSdk(new RateLimitedLog(logger, clock, linesAMinute));
    logger.log(`traces are sent to ${new URL(endpoint).host}`);
    return end;
  } catch (error) {
    logger.warn(`no traces are sent: ${String(error)}`);
    return () => Promise.resolve();
  }
}

/** Where traces go; empty without tracing. Of the other standard variables `true` alone disables the SDK, and `otlp` alone sends. */
function endpointOf(settings: Settings): string {
  const exporters = settings.OTEL_TRACES_EXPORTER.split(',').map((name) => name.trim());
  if (settings.OTEL_SDK_DISABLED.toLowerCase() === 'true' || !exporters.includes('otlp')) return '';
  return settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || settings.OTEL_EXPORTER_OTLP_ENDPOINT;
}
