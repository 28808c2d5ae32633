import type { NextStep } from '../../src/domain/alerting/retry-policy.js';
import { settlementAfter, type AttemptError } from '../../src/domain/alerting/settlement.js';
import type { NewDelivery } from '../../src/domain/stores.js';
import type { DeliveryQueue, DueDelivery } from '../../src/storage/outbox/delivery-queue.js';

/** Settles a delivery as after an attempt with that next step. */
export function settleAs(
  queue: DeliveryQueue,
  delivery: DueDelivery,
  step: NextStep,
  now: number,
  error?: AttemptError,
  notice?: NewDelivery,
): Promise<void> {
  return queue.settle(delivery, settlementAfter(step, delivery, error, now, notice && { notice }), now);
}
