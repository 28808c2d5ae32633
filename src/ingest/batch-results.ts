import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../domain/clock.js';
import { Metrics } from '../metrics/metrics.js';
import { RateLimitedLog } from '../app/rate-limited-log.js';
import type { IngestResult } from '../domain/ingest-result.js';

/** Counts what became of batches, and logs those that could not be read: a line a minute at most for each way to fail. */
@Injectable()
export class BatchResults {
  private readonly lines: RateLimitedLog;

  constructor(
    private readonly metrics: Metrics,
    clock: Clock,
  ) {
    this.lines = new RateLimitedLog(new Logger('Ingest'), clock, 10);
  }

  add(result: IngestResult): void {
    this.metrics.batchTaken(result.kind);
    const why = whyRefused(result);
    if (why !== undefined) this.lines.warn(result.kind, `a batch for /api/logs was refused: ${why}`);
  }

  /** Elements of a batch whose others were taken. */
  skipped(skipped: number, elements: number): void {
    if (skipped > 0)
      this.lines.warn(
        'skipped',
        `skipped ${skipped} of ${elements} elements of a batch, which are no events`,
      );
  }
}

/** Undefined where nothing is wrong with the batch itself. */
function whyRefused(result: IngestResult): string | undefined {
  switch (result.kind) {
    case 'unreadable':
      return result.message;
    case 'corrupt':
      return 'the body is not what its Content-Encoding says';
    case 'unsupported-encoding':
      return 'the Content-Encoding is none of gzip, deflate and identity';
    case 'too-large':
      return 'it is larger than MAX_BODY';
    case 'matched':
    case 'unmatched':
    case 'not-stored':
      return undefined;
  }
}
