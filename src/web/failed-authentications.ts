import { LRUCache } from 'lru-cache';
import type { Clock } from '../domain/clock.js';

const windowMs = 60_000;

/** Beyond, the addresses that failed longest ago are forgotten. About 2 MB. */
export const maxAddresses = 10_000;

interface Failures {
  count: number;
  /** When the count begins anew, in ms since the epoch. */
  readonly until: number;
}

/** Counts failed authentications an address and minute. */
export class FailedAuthentications {
  private readonly failures = new LRUCache<string, Failures>({ max: maxAddresses });

  /** @param limit how many an address may have before it has to wait; 0: any number */
  constructor(
    private readonly limit: number,
    private readonly clock: Clock,
  ) {}

  /** How many seconds an address has to wait before anything of it is looked at; 0: none. */
  wait(address: string): number {
    const failures = this.current(address);
    if (this.limit === 0 || failures === undefined || failures.count < this.limit) return 0;
    return Math.ceil((failures.until - this.clock.now()) / 1_000);
  }

  add(address: string): void {
    const failures = this.current(address) ?? { count: 0, until: this.clock.now() + windowMs };
    failures.count += 1;
    this.failures.set(address, failures);
  }

  /** How many addresses are kept. */
  get addresses(): number {
    return this.failures.size;
  }

  private current(address: string): Failures | undefined {
    const failures = this.failures.get(address);
    if (failures === undefined) return undefined;
    const left = failures.until - this.clock.now();
    // More than a minute is left only when the clock was set back.
    return left > 0 && left <= windowMs ? failures : undefined;
  }
}
