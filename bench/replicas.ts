import { median, round } from './measure.js';
import { BenchPostgres } from './postgres.js';
import { holdTransaction, type HeldTransaction } from './replicas/held-transaction.js';
import { throughputOf } from './replicas/throughput.js';

const rounds = 3;

export interface ReplicasRow {
  readonly replicas: number;
  readonly eventsPerSecond: number;
  readonly toOne: number;
}

export interface ReplicasResult {
  readonly rows: readonly ReplicasRow[];
  readonly held: HeldTransaction;
}

/** Replicas on one PostgreSQL whose batches are of different keys. Medians of several rounds, in turn. */
export async function measureReplicas(): Promise<ReplicasResult> {
  const postgres = await BenchPostgres.start();
  try {
    const counts = [1, 2, 3];
    const rates = counts.map((): number[] => []);
    const held: HeldTransaction[] = [];
    for (let turn = 0; turn < rounds; turn++) {
      for (const [index, replicas] of counts.entries())
        rates[index]?.push(await throughputOf(replicas, await postgres.newDatabase()));
      held.push(await holdTransaction(await postgres.newDatabase()));
    }
    const middle = (name: keyof HeldTransaction): number =>
      round(median(held.map((times) => times[name])), 0);
    return {
      rows: counts.map((replicas, index) => ({
        replicas,
        eventsPerSecond: round(median(rates[index] ?? []), 0),
        toOne: round(median((rates[index] ?? []).map((rate, turn) => rate / (rates[0]?.[turn] ?? NaN)))),
      })),
      held: {
        aloneMs: middle('aloneMs'),
        otherKeysMs: middle('otherKeysMs'),
        sameKeyMs: middle('sameKeyMs'),
        heldMs: middle('heldMs'),
      },
    };
  } finally {
    await postgres.stop();
  }
}
