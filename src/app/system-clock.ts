import { Clock } from '../domain/clock.js';

export class SystemClock extends Clock {
  override now(): number {
    return Date.now();
  }
}
