import { SpanKind, type Span } from '@opentelemetry/api';
import type { Settlement } from '../domain/alerting/settlement.js';
import type { DeliveryQueue, DueDelivery } from '../storage/outbox/delivery-queue.js';
import { beginSpan, endingSpan, failSpan, linksTo } from '../tracing/spans.js';

/** How many batches an attempt is linked to at most, as many as the SDK keeps. */
const mostLinks = 128;

/** Traces an attempt at a delivery, linked to the batches whose alerts it shows. */
export async function inDeliverySpan(
  delivery: DueDelivery,
  queue: Pick<DeliveryQueue, 'traceParentsOf'>,
  attempt: (span: Span) => Promise<Settlement>,
): Promise<Settlement> {
  const span = beginSpan('deliver', {
    kind: SpanKind.CONSUMER,
    attributes: {
      'alert_router.channel': delivery.channel,
      'alert_router.delivery.id': delivery.id,
      'alert_router.delivery.attempt': delivery.attempts + 1,
    },
  });
  return endingSpan(span, async () => {
    if (span.isRecording()) span.addLinks(linksTo(await traceParents(delivery, queue)));
    const settlement = await attempt(span);
    const { kind } = settlement.step;
    span.setAttribute('alert_router.delivery.outcome', kind);
    if (kind !== 'delivered') failSpan(span, kind);
    return settlement;
  });
}

/** None when they can't be read: a message is worth more than its trace. */
async function traceParents(
  { id }: DueDelivery,
  queue: Pick<DeliveryQueue, 'traceParentsOf'>,
): Promise<readonly string[]> {
  try {
    return await queue.traceParentsOf(id, mostLinks);
  } catch {
    return [];
  }
}
