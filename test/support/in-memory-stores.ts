import { FollowUps, type CooldownEvents, type FollowedCooldown } from '../../src/domain/windows/follow-up.js';
import { WindowStates } from '../../src/domain/windows/window-states.js';
import type { EndedSilence, Silence } from '../../src/domain/alerting/silence.js';
import {
  Outbox,
  RuleHits,
  SeenEvents,
  Silences,
  SlackClicks,
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

  override addTexts(): Promise<void> {
    return Promise.resolve();
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

class SilencesInMemory extends Silences {
  readonly running: Silence[] = [];
  readonly counts = new Map<string, number>();

  override inForce(now: number): Promise<readonly Silence[]> {
    return Promise.resolve(this.running.filter(({ endsAt }) => endsAt > now));
  }

  override add(silence: Silence): Promise<void> {
    this.running.push(silence);
    return Promise.resolve();
  }

  override count(silenced: ReadonlyMap<string, number>): Promise<void> {
    for (const [id, count] of silenced) this.counts.set(id, (this.counts.get(id) ?? 0) + count);
    return Promise.resolve();
  }

  override end(id: string, now: number): Promise<EndedSilence | undefined> {
    const index = this.running.findIndex((silence) => silence.id === id);
    return Promise.resolve(index < 0 ? undefined : this.ended(index, now));
  }

  override endDue(now: number): Promise<readonly EndedSilence[]> {
    const due = this.running.filter(({ endsAt }) => endsAt <= now);
    return Promise.resolve(due.map((silence) => this.ended(this.running.indexOf(silence), now)));
  }

  private ended(index: number, now: number): EndedSilence {
    const [silence] = this.running.splice(index, 1) as [Silence];
    return { ...silence, silenced: this.counts.get(silence.id) ?? 0, early: now < silence.endsAt };
  }
}

class SlackClicksInMemory extends SlackClicks {
  private readonly recorded = new Set<string>();

  override record(signature: string): Promise<boolean> {
    const isNew = !this.recorded.has(signature);
    this.recorded.add(signature);
    return Promise.resolve(isNew);
  }
}

/** No rule of the tests that use these stores has a window. */
class NoWindows extends WindowStates {
  override load = unused;
  override windows = unused;
  override open = unused;
  override samples = unused;
  override save = unused;
  override dueKeys = unused;
  override evict = unused;
}

function unused(): Promise<never> {
  return Promise.reject(new Error('there are no windows in memory'));
}

class FollowUpsInMemory extends FollowUps {
  readonly begun: FollowedCooldown[] = [];
  readonly added: CooldownEvents[] = [];

  override begin(cooldowns: readonly FollowedCooldown[]): Promise<void> {
    this.begun.push(...cooldowns);
    return Promise.resolve();
  }

  override add(events: readonly CooldownEvents[]): Promise<void> {
    this.added.push(...events);
    return Promise.resolve();
  }
}

/** Stores that keep everything in memory, for as long as the test holds them. */
export class InMemoryStores implements Stores {
  readonly windows = new NoWindows();
  readonly followUps = new FollowUpsInMemory();
  readonly seenEvents = new SeenEventsInMemory();
  readonly outbox = new OutboxInMemory();
  readonly ruleHits = new RuleHitsInMemory();
  readonly throttles = new ThrottlesInMemory();
  readonly silences = new SilencesInMemory();
  readonly slackClicks = new SlackClicksInMemory();
}
