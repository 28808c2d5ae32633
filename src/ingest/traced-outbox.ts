import { Outbox, type NewAlert, type NewDelivery } from '../domain/stores.js';
import type { RuleTexts } from '../domain/alert.js';
import type { TracedAlert } from '../storage/outbox/outbox-store.js';
import type { MatchedBatch } from './matched-batch.js';

/** Gives the outbox, with each alert, the trace of the batch that raised it. */
export class TracedOutbox extends Outbox {
  private readonly traceParents: ReadonlyMap<string, string | undefined>;

  /** @param batches the batches whose alerts are added; of an event that several have, the first is the one that counts */
  constructor(
    private readonly outbox: Outbox,
    batches: readonly Pick<MatchedBatch, 'matches' | 'traceParent'>[],
  ) {
    super();
    this.traceParents = new Map(
      batches
        .toReversed()
        .flatMap(({ matches, traceParent }) => matches.map(({ event }) => [event.logId, traceParent])),
    );
  }

  override add(
    deliveries: readonly NewDelivery[],
    alerts: readonly NewAlert[],
    now: number,
  ): Promise<ReadonlyMap<string, string>> {
    const traced = alerts.map((alert): TracedAlert => {
      const traceParent = this.traceParents.get(alert.logIds[0]);
      return { ...alert, ...(traceParent !== undefined && { traceParent }) };
    });
    return this.outbox.add(deliveries, traced, now);
  }

  override addTexts(texts: readonly RuleTexts[], now: number): Promise<void> {
    return this.outbox.addTexts(texts, now);
  }
}
