import { Timer } from '../../src/domain/clock.js';
import type { FakeClock } from './fake-clock.js';

interface Sleeper {
  readonly until: number;
  readonly wakeUp: () => void;
}

/** Waits end when the fake clock has reached their end, and a test can see when everybody waits. */
export class FakeTimer extends Timer {
  private readonly sleepers = new Set<Sleeper>();
  private watchers: (() => void)[] = [];

  constructor(private readonly clock: FakeClock) {
    super();
  }

  override wait(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = {
        until: this.clock.now() + ms,
        wakeUp: () => {
          this.sleepers.delete(sleeper);
          resolve();
        },
      };
      signal.addEventListener('abort', sleeper.wakeUp, { once: true });
      this.sleepers.add(sleeper);
      for (const watcher of this.watchers.splice(0)) watcher();
    });
  }

  /** Resolves as soon as at least so many wait. */
  async asleep(count = 1): Promise<void> {
    while (this.sleepers.size < count) await new Promise<void>((resolve) => this.watchers.push(resolve));
  }

  /**
   * Moves the clock from the end of one wait to the end of the next, up to `ms` from now. Goes on only when as many
   * wait again as did before, so whoever wakes up has done its work when this resolves.
   */
  async advance(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    for (;;) {
      const count = this.sleepers.size;
      const next = Math.min(...[...this.sleepers].map((sleeper) => sleeper.until));
      if (next > end) break;
      this.clock.advance(next - this.clock.now());
      for (const sleeper of [...this.sleepers].filter(({ until }) => until <= next)) sleeper.wakeUp();
      await this.asleep(count);
    }
    this.clock.advance(end - this.clock.now());
  }
}
