import { setTimeout as wait } from 'node:timers/promises';
import { eventsPerBatch, sendBatch, senderTo, withReplicas } from './running-replicas.js';

const warmUpMs = 1_000;
const measuredMs = 3_000;
/** Each way: enough that a transaction is nearly all waiting, which two cores can do for three replicas. */
const networkMs = 5;
const sendersOfReplica = 2;

/** Events a second of so many replicas together, each with batches of keys that no other one gets. */
export async function throughputOf(replicas: number, databaseUrl: string): Promise<number> {
  return withReplicas(replicas, databaseUrl, async (running) => {
    let answered = 0;
    const stopping = new AbortController();
    const sending = running.flatMap((replica) => {
      replica.proxy.delay(networkMs);
      return Array.from({ length: sendersOfReplica }, async () => {
        const sender = senderTo(replica);
        while (!stopping.signal.aborted) {
          await sendBatch(sender);
          answered += eventsPerBatch;
        }
        sender.close();
      });
    });
    await wait(warmUpMs);
    const [before, started] = [answered, performance.now()];
    await wait(measuredMs);
    const perSecond = ((answered - before) * 1_000) / (performance.now() - started);
    stopping.abort();
    await Promise.all(sending);
    return perSecond;
  });
}
