import { randomUUID } from 'node:crypto';
import type { Clock, Timer } from '../domain/clock.js';
import type { LeaseStore } from '../storage/leases/lease-store.js';
import type { Outage } from '../app/outage.js';

/**
 * How long a lease lasts without being renewed, in ms: longer than a post that takes Slack's ten seconds to fail, so
 * that no other replica posts meanwhile, and short enough that another replica delivers within 15 s of a kill.
 */
const ttlMs = 11_000;
/** How often held leases are renewed in the background, for posts that may take longer than that. */
const renewEveryMs = 3_000;
/** For so long after it was renewed a lease counts as held without asking again. */
const freshMs = 500;
/**
 * How long a replica looks on after it took over: the last holder may only have lost the database for a while, and
 * writes down what it had posted as soon as the database is back.
 */
const graceMs = 1_500;

/** Who delivers to which channel. */
export abstract class ChannelLeases {
  /** 0 when this replica delivers to the channel; otherwise how long, in ms, it need not ask again. */
  abstract take(channel: string): Promise<number>;
  /** Lets another replica deliver to the channel, and forgets it. Never fails. */
  abstract giveUp(channel: string): Promise<void>;
  abstract start(): void;
  /** Lets other replicas deliver at once. */
  abstract stop(): Promise<void>;
}

/** For a database that no other replica shares. */
export class SoleReplicaLeases extends ChannelLeases {
  override take(): Promise<number> {
    return Promise.resolve(0);
  }

  override giveUp(): Promise<void> {
    return Promise.resolve();
  }

  override start(): void {}

  override stop(): Promise<void> {
    return Promise.resolve();
  }
}

/** Leases in the database, of which one replica at a time has that of a channel. */
export class DatabaseLeases extends ChannelLeases {
  private readonly holder = randomUUID();
  /** When each held lease was renewed last, and from when on it may be used. */
  private readonly held = new Map<string, { readonly renewedAt: number; readonly usableAt: number }>();
  private readonly stopping = new AbortController();
  private renewing: Promise<void> | undefined;

  constructor(
    private readonly store: LeaseStore,
    private readonly clock: Clock,
    private readonly timer: Timer,
    private readonly outage: Pick<Outage, 'failed' | 'worked'>,
  ) {
    super();
  }

  override async take(channel: string): Promise<number> {
    const now = this.clock.now();
    const known = this.held.get(channel);
    if (known !== undefined && isWithin(now - known.renewedAt, freshMs)) return untilUsable(known, now);

    const answer = await this.store.acquire(channel, this.holder, ttlMs);
    switch (answer.kind) {
      case 'held':
        this.held.set(channel, { renewedAt: now, usableAt: known?.usableAt ?? now });
        return known === undefined ? 0 : untilUsable(known, now);
      case 'taken-over':
        this.held.set(channel, { renewedAt: now, usableAt: now + graceMs });
        return graceMs;
      case 'taken':
        this.held.delete(channel);
        // One ms more, because it runs out at the end of that time.
        return answer.forMs + 1;
    }
  }

  override async giveUp(channel: string): Promise<void> {
    this.held.delete(channel);
    try {
      await this.store.giveUp(channel, this.holder);
    } catch (error) {
      this.outage.failed(error);
    }
  }

  override start(): void {
    this.renewing ??= this.renewAll();
  }

  override async stop(): Promise<void> {
    this.stopping.abort();
    await this.renewing;
    try {
      await this.store.release(this.holder);
    } catch (error) {
      this.outage.failed(error);
    }
  }

  private async renewAll(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.timer.wait(renewEveryMs, signal);
      if (signal.aborted || this.held.size === 0) continue;
      try {
        await this.store.renew(this.holder, ttlMs);
        this.outage.worked();
      } catch (error) {
        this.outage.failed(error);
      }
    }
  }
}

function untilUsable({ usableAt }: { readonly usableAt: number }, now: number): number {
  const left = usableAt - now;
  return isWithin(left, graceMs) ? left : 0;
}

/** False for a time before 0 too, as when the clock was set back. */
function isWithin(ms: number, longest: number): boolean {
  return ms >= 0 && ms <= longest;
}
