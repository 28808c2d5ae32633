import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Timer } from '../domain/clock.js';

/** Work that is done again and again from the start of the application until it stops. */
export abstract class Repeating implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly timer: Timer) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  /** Resolves when the step under way has ended. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Does the work once and returns how long to wait until the next time, in ms. Must not reject. */
  protected abstract step(): Promise<number>;

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) await this.timer.wait(await this.step(), signal);
  }
}
