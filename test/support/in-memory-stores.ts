import {
  Outbox,
  RuleHits,
  SeenEvents,
  throttleId,
  Throttles,
  type NewAlert,
  type NewDelivery,
  type StoredThrottle,
  type Stores,
} from '../../src/domain/stores.js';

class SeenEventsInMemory extends SeenEvents {
  private readonly seen = new Set<string>();

  override record(logIds: readonly string[]): Promise<ReadonlySet<string>> {
    const unseen = new Set(logIds.filter((logId) => !this.seen.has(logId)));
    for (const logId of unseen) this.seen.add(logId);
    return Promise.resolve(unseen);
  }
}

class OutboxInMemory extends Outbox {
  readonly deliveries: NewDelivery[] = [];
  readonly alerts: NewAlert[] = [];

  override add(
    deliveries: readonly NewDelivery[],
    alerts: readonly NewAlert[],
  ): Promise<ReadonlyMap<string, string>> {
    this.deliveries.push(...deliveries);
    this.alerts.push(...alerts);
    return Promise.resolve(new Map());
  }
}

class RuleHitsInMemory extends RuleHits {
  readonly counts = new Map<string, number>();

  override add(hits: ReadonlyMap<string, number>): Promise<void> {
    for (const [rule, count] of hits) this.counts.set(rule, (this.counts.get(rule) ?? 0) + count);
    return Promise.resolve();
  }
}

class ThrottlesInMemory extends Throttles {
  readonly stored = new Map<string, StoredThrottle>();

  override load(): Promise<ReadonlyMap<string, StoredThrottle>> {
    return Promise.resolve(new Map(this.stored));
  }

  override save(throttles: readonly StoredThrottle[]): Promise<void> {
    for (const throttle of throttles) this.stored.set(throttleId(throttle), throttle);
    return Promise.resolve();
  }
}

/** Stores that keep everything in memory, for as long as the test holds them. */
export class InMemoryStores implements Stores {
  readonly seenEvents = new SeenEventsInMemory();
  readonly outbox = new OutboxInMemory();
  readonly ruleHits = new RuleHitsInMemory();
  readonly throttles = new ThrottlesInMemory();
}
