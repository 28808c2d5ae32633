import { RuleHits, SeenEvents, type PipelineStores, type Silences } from '../../domain/stores.js';
import { FollowUps } from '../../domain/windows/follow-up.js';
import type { Silence } from '../../domain/alerting/silence.js';
import { InMemoryOutbox } from './outbox.js';
import { InMemoryThrottles } from './throttles.js';
import { InMemoryWindowStates } from './window-states.js';

/** How many events are recognised when they occur again. In an export, copies are close together. */
const seenAtMost = 100_000;

class InMemorySeenEvents extends SeenEvents {
  private readonly seen = new Set<string>();

  override record(logIds: readonly string[]): Promise<ReadonlySet<string>> {
    const unseen = new Set(logIds.filter((logId) => !this.seen.has(logId)));
    for (const logId of unseen) this.seen.add(logId);
    for (const oldest of this.seen) {
      if (this.seen.size <= seenAtMost) break;
      this.seen.delete(oldest);
    }
    return Promise.resolve(unseen);
  }
}

class InMemoryRuleHits extends RuleHits {
  readonly counts = new Map<string, number>();

  override add(hits: ReadonlyMap<string, number>): Promise<void> {
    for (const [rule, count] of hits) this.counts.set(rule, (this.counts.get(rule) ?? 0) + count);
    return Promise.resolve();
  }
}

class InMemorySilences implements Pick<Silences, 'inForce' | 'count'> {
  readonly running: Silence[] = [];
  readonly counts = new Map<string, number>();

  inForce(now: number): Promise<readonly Silence[]> {
    return Promise.resolve(this.running.filter(({ endsAt }) => endsAt > now));
  }

  count(silenced: ReadonlyMap<string, number>): Promise<void> {
    for (const [id, count] of silenced) this.counts.set(id, (this.counts.get(id) ?? 0) + count);
    return Promise.resolve();
  }
}

/** Nothing is posted, so that there is nothing to follow up. */
class NoFollowUps extends FollowUps {
  override begin(): Promise<void> {
    return Promise.resolve();
  }

  override add(): Promise<void> {
    return Promise.resolve();
  }
}

/** The stores of a pipeline that keeps everything in memory, for one writer. What it keeps is bounded. */
export class InMemoryStores implements PipelineStores {
  readonly seenEvents = new InMemorySeenEvents();
  readonly windows = new InMemoryWindowStates();
  readonly outbox = new InMemoryOutbox();
  readonly throttles = new InMemoryThrottles(this.outbox);
  readonly silences = new InMemorySilences();
  readonly ruleHits = new InMemoryRuleHits();
  readonly followUps = new NoFollowUps();
}
