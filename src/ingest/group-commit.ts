import { Transactions, type Stores } from '../domain/stores.js';

/** How many units of work share one transaction at most, so that none waits long for the others. */
const mostShared = 64;

interface Waiting {
  readonly work: (stores: Stores) => Promise<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets units of work that arrive while a transaction is under way share the next one: a commit to disk costs the same
 * for one batch and for fifty. Each is answered only when its transaction is on disk. When a shared transaction fails,
 * each of its units gets one of its own, so that none fails for another.
 */
export class GroupCommit {
  private readonly waiting: Waiting[] = [];
  private running = false;

  constructor(private readonly transactions: Transactions) {}

  run<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ work, resolve: resolve as (result: unknown) => void, reject });
      if (!this.running) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) await this.commit(this.waiting.splice(0, mostShared));
    this.running = false;
  }

  private async commit(group: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.transactions.run(async (stores) => {
        const done: unknown[] = [];
        for (const { work } of group) done.push(await work(stores));
        return done;
      });
      group.forEach(({ resolve }, index) => resolve(results[index]));
    } catch (error) {
      const [first] = group;
      if (group.length === 1) first?.reject(error);
      else for (const unit of group) await this.commit([unit]);
    }
  }
}
