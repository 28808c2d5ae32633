import { Clock, Timer } from '../domain/clock.js';
import { setTimeout as sleep } from 'node:timers/promises';

export class SystemClock extends Clock {
  override now(): number {
    return Date.now();
  }
}

export class SystemTimer extends Timer {
  override async wait(ms: number, signal: AbortSignal): Promise<void> {
    // An abort is the ordinary way to end a wait early; there is nothing else this can fail with.
    await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
