import { setImmediate as nextTurn } from 'node:timers/promises';

/** How many units of work share one transaction at most, so that none waits long for the others. */
const mostShared = 64;

interface Waiting<T> {
  readonly unit: T;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets units of work that come in at about the same time share a transaction: a commit to disk costs the same for one
 * batch and for fifty. Each is answered only when its transaction is on disk. When a shared transaction fails, each of
 * its units gets one of its own, so that none fails for another.
 */
export class GroupCommit<T> {
  private readonly waiting: Waiting<T>[] = [];
  private running = false;

  /** @param commit puts all the units on disk, or none. */
  constructor(private readonly commit: (units: readonly T[]) => Promise<void>) {}

  /** Resolves when the unit is on disk. */
  run(unit: T): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.waiting.push({ unit, resolve, reject });
      if (!this.running) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) {
      // SQLite answers without a turn of the event loop, in which nothing else could come in to share the transaction.
      await nextTurn();
      await this.commitGroup(this.waiting.splice(0, mostShared));
    }
    this.running = false;
  }

  private async commitGroup(group: readonly Waiting<T>[]): Promise<void> {
    try {
      await this.commit(group.map(({ unit }) => unit));
      for (const { resolve } of group) resolve();
    } catch (error) {
      const [first] = group;
      if (group.length === 1) first?.reject(error);
      else for (const unit of group) await this.commitGroup([unit]);
    }
  }
}
