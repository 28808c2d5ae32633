/** The only source of the current time, so that a test decides what time it is. */
export abstract class Clock {
  /** Milliseconds since the epoch. */
  abstract now(): number;
}
