import { setTimeout as wait } from 'node:timers/promises';
import type { Sender } from '../sender.js';
import { sendBatch, senderTo, withReplicas } from './running-replicas.js';

/** Each way, for the replica whose transaction takes seconds. */
const slowMs = 150;
const quietMs = 1_000;

/** In ms. */
export interface HeldTransaction {
  /** The slowest answer of a replica while no other one does anything. */
  readonly aloneMs: number;
  /** While another replica has a transaction on other keys open. */
  readonly otherKeysMs: number;
  /** While another replica has one on the same key open, where waiting is right. */
  readonly sameKeyMs: number;
  /** From the batch to the answer of the replica whose transaction stays open. */
  readonly heldMs: number;
}

/**
 * Two replicas, of which one has so slow a network that each statement of its transaction takes a good part of a second.
 * The other one sends batches all the while, so that it meets the transaction after each of its statements.
 */
export async function holdTransaction(databaseUrl: string): Promise<HeldTransaction> {
  return withReplicas(2, databaseUrl, async ([slow, other]) => {
    if (slow === undefined || other === undefined) throw new Error('there are two replicas');
    const held = senderTo(slow);
    const sameKey = senderTo(other, held.address);
    const otherKeys = senderTo(other);
    const senders = [held, sameKey, otherKeys];
    // Each replica has connected, and knows its keys.
    for (const sender of senders) await sendBatch(sender);
    const aloneMs = await slowestAnswer(otherKeys, wait(quietMs));
    slow.proxy.delay(slowMs);
    const started = performance.now();
    const first = sendBatch(held).then(() => performance.now() - started);
    const otherKeysMs = await slowestAnswer(otherKeys, first);
    const sameKeyMs = await slowestAnswer(sameKey, sendBatch(held));
    slow.proxy.delay(0);
    for (const sender of senders) sender.close();
    return { aloneMs, otherKeysMs, sameKeyMs, heldMs: await first };
  });
}

/** Of batches that are sent one after the other until the other thing is over. */
async function slowestAnswer(sender: Sender, other: Promise<unknown>): Promise<number> {
  const over = new AbortController();
  void other.finally(() => over.abort());
  let slowest = 0;
  while (!over.signal.aborted) {
    const started = performance.now();
    await sendBatch(sender);
    slowest = Math.max(slowest, performance.now() - started);
  }
  return slowest;
}
