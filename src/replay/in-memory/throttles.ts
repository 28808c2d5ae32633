import { throttleId, Throttles, type Ids, type OpenedBy, type StoredThrottle } from '../../domain/stores.js';
import { standsAlone } from '../../domain/alerting/digest.js';
import { suppressedBefore } from '../../domain/alerting/throttle.js';
import { DueQueue } from './due-queue.js';
import type { InMemoryOutbox } from './outbox.js';

/** How many summaries are written before it is looked again at which are due. */
const summariesAtOnce = 100;

/** The throttle periods of a simulation, and the summaries of their alerts. */
export class InMemoryThrottles extends Throttles {
  readonly stored = new Map<string, StoredThrottle>();
  private readonly summaries = new DueQueue();

  /** @param outbox where the alerts are that were suppressed or that opened a period */
  constructor(private readonly outbox: InMemoryOutbox) {
    super();
  }

  override load(
    keys: readonly { readonly rule: string; readonly key: string }[],
  ): Promise<ReadonlyMap<string, StoredThrottle>> {
    const found = new Map<string, StoredThrottle>();
    for (const id of keys.map(throttleId)) {
      const stored = this.stored.get(id);
      if (stored !== undefined) found.set(id, { ...stored, openedBy: this.openings(stored.openedBy) });
    }
    return Promise.resolve(found);
  }

  override save(throttles: readonly StoredThrottle[]): Promise<void> {
    for (const throttle of throttles) {
      const id = throttleId(throttle);
      const before = this.stored.get(id);
      this.stored.set(id, throttle);
      const waits = before !== undefined && before.state.suppressed > 0;
      if (throttle.state.suppressed > 0 && !(waits && before.summaryAt === throttle.summaryAt))
        this.summaries.add(id, throttle.summaryAt);
    }
    return Promise.resolve();
  }

  /** When the first summary is due, if that is by `now`. */
  nextSummary(now: number): number | undefined {
    const [next] = this.dueBy(now, 1);
    return next === undefined ? undefined : this.stored.get(next)?.summaryAt;
  }

  /** Sends the last suppressed alerts of each period whose summary is due, with how many came before them. */
  writeSummaries(ids: Ids, now: number): void {
    for (let due = this.dueBy(now); due.length > 0; due = this.dueBy(now)) {
      for (const id of due) this.summarise(this.stored.get(id) as StoredThrottle, ids, now);
    }
  }

  /** The alerts that a summary may still show. */
  pending(): ReadonlySet<string> {
    const waiting = [...this.stored.values()].filter(({ state }) => state.suppressed > 0);
    return new Set(waiting.flatMap(({ lastSuppressed }) => lastSuppressed));
  }

  /** Forgets the periods that are over by `now` and have nothing to report. */
  prune(now: number): void {
    for (const [id, { state, summaryAt }] of this.stored)
      if (state.suppressed === 0 && summaryAt < now) this.stored.delete(id);
  }

  private dueBy(now: number, limit = summariesAtOnce): readonly string[] {
    return this.summaries.due(now, limit, (id) => {
      const stored = this.stored.get(id);
      return stored !== undefined && stored.state.suppressed > 0 && stored.summaryAt <= now;
    });
  }

  private summarise(stored: StoredThrottle, ids: Ids, now: number): void {
    const { lastSuppressed, state } = stored;
    this.stored.set(throttleId(stored), {
      ...stored,
      state: { until: state.until, suppressed: 0 },
      lastSuppressed: [],
    });
    for (const id of lastSuppressed) {
      const alert = this.outbox.alert(id);
      if (alert === undefined) continue;
      const { channel, severity } = alert;
      const alone = standsAlone(alert.content) && ({ alone: true } as const);
      const content = { ...alert.content, suppressed: suppressedBefore(state, now) };
      this.outbox.release({ ...alert, content }, { id: ids.next(), channel, severity, ...alone });
    }
  }

  /** The delivery that shows the alert which opened a period is where the alert is now. */
  private openings(openedBy: OpenedBy): OpenedBy {
    return Object.fromEntries(
      Object.entries(openedBy).map(([channel, { alert }]) => [
        channel,
        { alert, delivery: this.outbox.alert(alert)?.deliveryId ?? alert },
      ]),
    );
  }
}
