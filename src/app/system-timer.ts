import { setTimeout as sleep } from 'node:timers/promises';
import { Timer } from '../domain/timer.js';

export class SystemTimer extends Timer {
  override async wait(ms: number, signal: AbortSignal): Promise<void> {
    // An abort is the ordinary way to end a wait early; there is nothing else this can fail with.
    await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
