interface Waiter {
  readonly check: () => void;
  readonly fail: (reason: string) => void;
}

/** Promises that settle when something observed has become true, checked each time it may have. */
export class Waiters {
  private readonly waiting = new Set<Waiter>();

  /**
   * Resolves as soon as `holds` does. Rejects with `describe`'s words once `deadlineMs` have passed or `failAll` was
   * called, and with whatever `holds` throws.
   */
  until(holds: () => boolean, deadlineMs: number, describe: (reason: string) => string): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        this.waiting.delete(waiter);
        finish();
      };
      const fail = (reason: string): void => settle(() => reject(new Error(describe(reason))));
      const check = (): void => {
        try {
          if (holds()) settle(resolve);
        } catch (error) {
          settle(() => reject(error));
        }
      };
      const waiter: Waiter = { check, fail };
      const timer = setTimeout(() => fail(`After ${deadlineMs} ms`), deadlineMs);
      this.waiting.add(waiter);
      check();
    });
  }

  checkAll(): void {
    for (const waiter of this.waiting) waiter.check();
  }

  failAll(reason: string): void {
    for (const waiter of this.waiting) waiter.fail(reason);
  }
}
