import { Clock } from '../../src/domain/clock.js';

/** A clock that stands still until it is moved. */
export class FakeClock extends Clock {
  /** @param time in ms since the epoch. */
  constructor(private time = Date.UTC(2026, 0, 15, 12)) {
    super();
  }

  override now(): number {
    return this.time;
  }

  advance(ms: number): void {
    this.time += ms;
  }
}
