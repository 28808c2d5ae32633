import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

/** An exporter that says why spans could not be sent. */
export class WatchedExporter implements SpanExporter {
  /** @param failed is called once for each batch of spans that was given up, with the error's own words */
  constructor(
    private readonly exporter: SpanExporter,
    private readonly failed: (why: string) => void,
  ) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.exporter.export(spans, (result) => {
      if (result.code === ExportResultCode.FAILED) this.failed(wordsOf(result.error));
      done(result);
    });
  }

  async shutdown(): Promise<void> {
    await this.exporter.shutdown();
  }
}

/** The code of an HTTP answer is its status; an error of several connection attempts has a code and no message. */
function wordsOf(error: Error | undefined): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  const message = error?.message ?? '';
  if (code === undefined) return message || 'unknown';
  return message.includes(String(code)) ? message : `${String(code)} ${message}`.trim();
}
