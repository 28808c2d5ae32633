/** Waits, so that a test decides how long that takes. */
export abstract class Timer {
  /** Resolves after `ms`, or as soon as the signal is aborted. */
  abstract wait(ms: number, signal: AbortSignal): Promise<void>;
}
