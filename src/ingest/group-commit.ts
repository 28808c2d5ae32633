import { setImmediate as nextTurn } from 'node:timers/promises';
import { DatabaseUnavailable } from '../domain/stores.js';

/** How many units of work share one transaction at most, so that none waits long for the others. */
const maxShared = 64;

/** How many units wait for their transaction at most, and how many bytes they may hold together. */
const maxWaiting = 1_000;
const maxWaitingBytes = 64 * 1_024 * 1_024;

interface Waiting<T> {
  readonly unit: T;
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets units of work that come in at about the same time share a transaction: a commit to disk costs the same for one
 * batch and for fifty. Each is answered only when its transaction is on disk. When a shared transaction fails, each of
 * its units gets one of its own, so that none fails for another; but not when the database could not be reached, which
 * would fail them one after the other, each after its own wait.
 */
export class GroupCommit<T, R = void> {
  private readonly waiting: Waiting<T>[] = [];
  private waitingBytes = 0;
  private running = 0;

  /**
   * @param commit puts all the units on disk, or none
   * @param committed is given the result of `commit` once the units are answered: it can't change an answer. It never
   * rejects, and the next transaction waits for it
   * @param mayShare whether a unit may share the transaction of others
   * @param lanes how many transactions may run at the same time
   */
  constructor(
    private readonly commit: (units: readonly T[]) => Promise<R>,
    private readonly committed: (result: R) => Promise<void>,
    private readonly mayShare: (units: readonly T[], next: T) => boolean = () => true,
    private readonly lanes = 1,
  ) {}

  /**
   * Resolves when the unit is on disk.
   *
   * @param bytes how much memory the unit holds, roughly
   * @throws Error at once when too much is waiting already
   */
  run(unit: T, bytes = 0): Promise<void> {
    if (this.waiting.length >= maxWaiting || this.waitingBytes + bytes > maxWaitingBytes)
      return Promise.reject(new Error('too many batches are waiting for the database'));
    return new Promise<void>((resolve, reject) => {
      this.waitingBytes += bytes;
      this.waiting.push({ unit, bytes, resolve, reject });
      if (this.running < this.lanes) void this.drain();
    });
  }

  /** What waits for a transaction; what is being written just now is not among it. */
  get queue(): { readonly waiting: number; readonly bytes: number } {
    return { waiting: this.waiting.length, bytes: this.waitingBytes };
  }

  private async drain(): Promise<void> {
    this.running += 1;
    while (this.waiting.length > 0) {
      // SQLite answers without a turn of the event loop, in which nothing else could come in to share the transaction.
      await nextTurn();
      const group = this.takeGroup();
      // Another lane may have taken all of it.
      if (group.length > 0) await this.commitGroup(group);
    }
    this.running -= 1;
  }

  private takeGroup(): readonly Waiting<T>[] {
    const group: Waiting<T>[] = [];
    for (let next = this.waiting[0]; next !== undefined && group.length < maxShared; next = this.waiting[0]) {
      const units = group.map(({ unit }) => unit);
      if (group.length > 0 && !this.mayShare(units, next.unit)) break;
      group.push(next);
      this.waiting.shift();
      this.waitingBytes -= next.bytes;
    }
    return group;
  }

  private async commitGroup(group: readonly Waiting<T>[]): Promise<void> {
    let result: R;
    try {
      result = await this.commit(group.map(({ unit }) => unit));
    } catch (error) {
      if (group.length === 1 || error instanceof DatabaseUnavailable)
        for (const { reject } of group) reject(error);
      else for (const unit of group) await this.commitGroup([unit]);
      return;
    }
    for (const { resolve } of group) resolve();
    await this.committed(result);
  }
}
