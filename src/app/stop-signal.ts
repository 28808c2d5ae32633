const signals = { SIGINT: 2, SIGTERM: 15 } as const;

/** `npm start` passes on the Ctrl-C that a terminal has sent to this process too, so that one arrives as two. */
const sameSignalMs = 1_000;

/** The part of the process that is used here. */
export interface StoppableProcess {
  on(signal: keyof typeof signals, listener: () => void): unknown;
  exit(code: number): void;
}

/**
 * Hears SIGTERM and SIGINT from the time it is made, which is before anything else is loaded: process 1 of a container
 * would not get them at all otherwise. The second one, a second or more after the first, ends the process at once, with
 * 128 and the number of the signal as its exit code: 143 or 130.
 */
export class StopSignal {
  /** Resolves at the first signal. */
  readonly received: Promise<'stop'>;
  private firstAt: number | undefined;

  constructor(
    target: StoppableProcess = process,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.received = new Promise((resolve) => {
      for (const name of ['SIGINT', 'SIGTERM'] as const) {
        target.on(name, () => {
          this.firstAt ??= this.now();
          resolve('stop');
          if (this.now() - this.firstAt >= sameSignalMs) target.exit(128 + signals[name]);
        });
      }
    });
  }
}
