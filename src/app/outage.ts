import { durationText } from '../domain/duration.js';

/** For so long, in ms, nothing may fail before an outage counts as over: some connections are lost later than others. */
const settledMs = 3_000;

/** Where an outage is logged; Nest's logger is one. */
export interface OutageLogger {
  error(message: string, stack?: string): void;
  warn(message: string): void;
}

/** Logs a failure that lasts as two lines, however often it is met: one when it begins, and one when it has ended. */
export class Outage {
  private current:
    | { readonly since: number; failures: number; worksSince: number | undefined; lastFailure: number }
    | undefined;

  /**
   * @param failing what is logged when it begins, before the error
   * @param working what is logged when it has ended, before how long it lasted
   * @param now in ms, from any moment on
   */
  constructor(
    private readonly logger: OutageLogger,
    private readonly failing: string,
    private readonly working: string,
    private readonly now: () => number = () => performance.now(),
  ) {}

  failed(error: unknown): void {
    const now = this.now();
    if (this.current === undefined) {
      this.logger.error(`${this.failing}: ${wordsOf(error)}`, stackOf(error));
      this.current = { since: now, failures: 1, worksSince: undefined, lastFailure: now };
      return;
    }
    this.current.failures += 1;
    this.current.worksSince = undefined;
    this.current.lastFailure = now;
  }

  worked(): void {
    if (this.current === undefined) return;
    const now = this.now();
    const { since, failures, lastFailure } = this.current;
    const worksSince = (this.current.worksSince ??= now);
    if (now - lastFailure < settledMs) return;
    this.logger.warn(
      `${this.working} after ${durationText(Math.ceil((worksSince - since) / 1000) * 1000)}; ${failures} attempts failed meanwhile`,
    );
    this.current = undefined;
  }
}

/** Only what has no code may be a bug, whose place matters. */
function stackOf(error: unknown): string | undefined {
  return error instanceof Error && !('code' in error) ? error.stack : undefined;
}

/** An error of several connection attempts has a code, but no message of its own. */
function wordsOf(error: unknown): string {
  const { message, code } = error as { readonly message?: unknown; readonly code?: unknown };
  return String(message || code || error);
}
