/** The only source of the current time, so that a test decides what time it is. */
export abstract class Clock {
  /** Milliseconds since the epoch. */
  abstract now(): number;
}

/** Waits, so that a test decides how long that takes. */
export abstract class Timer {
  /** Resolves after `ms`, or as soon as the signal is aborted. */
  abstract wait(ms: number, signal: AbortSignal): Promise<void>;
}
