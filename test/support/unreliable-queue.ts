import { DeliveryQueue, type NextDelivery } from '../../src/storage/outbox/delivery-queue.js';

/** The real queue, on a database that fails when scripted to, and with room for a test between a look and its answer. */
export class UnreliableQueue extends DeliveryQueue {
  /** So many of the next calls fail. */
  readonly failures = { next: 0, settle: 0 };
  /** Runs once, when the queue has been looked at and the answer isn't there yet. */
  afterLook: (() => Promise<void>) | undefined;
  looks = 0;

  override async next(...asked: Parameters<DeliveryQueue['next']>): Promise<NextDelivery> {
    this.failIfTold('next');
    this.looks += 1;
    const next = await super.next(...asked);
    const { afterLook } = this;
    this.afterLook = undefined;
    await afterLook?.();
    return next;
  }

  override async settle(...settled: Parameters<DeliveryQueue['settle']>): Promise<void> {
    this.failIfTold('settle');
    await super.settle(...settled);
  }

  private failIfTold(call: 'next' | 'settle'): void {
    if (this.failures[call] === 0) return;
    this.failures[call] -= 1;
    throw new Error('the database is away');
  }
}
