import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { TcpProxy } from '../test/support/tcp-proxy.js';
import { median, round } from './measure.js';
import { post } from './post.js';
import { BenchPostgres } from './postgres.js';
import { startRouter, type Router } from './router.js';
import { bodyOf, EventText } from './workload/event-text.js';
import { background } from './workload/events.js';

const rounds = 3;
const measuredMs = 3_000;
const warmUpMs = 1_000;
/** Each way: enough that a transaction is nearly all waiting, which two cores can do for three replicas. */
const networkMs = 5;
/** Each way, for the replica that holds a transaction open. */
const slowMs = 150;
const eventsPerBatch = 10;
/** Of each replica. */
const sendersOfReplica = 2;
/** Nothing is posted here. */
const nowhere = 'http://127.0.0.1:9/';
const rules = `
version: 1
channels: { local: { console: true } }
rules: [{ id: by-ip, match: { types: [fp] }, channels: [local], window: { within: 12h, by: [ip], count: 10000 } }]
`;

export interface ReplicasRow {
  readonly replicas: number;
  readonly eventsPerSecond: number;
  readonly toOne: number;
}

export interface HeldTransaction {
  /** The slowest answer of a replica while no other one does anything, in ms. */
  readonly aloneMs: number;
  /** While another replica is held up for seconds in the midst of a transaction on other keys. */
  readonly otherKeysMs: number;
  /** While another replica is held up in a transaction on the same key, where waiting is right. */
  readonly sameKeyMs: number;
  /** How long the transaction that is held up takes. */
  readonly heldMs: number;
}

export interface ReplicasResult {
  readonly rows: readonly ReplicasRow[];
  readonly held: HeldTransaction;
}

/** Replicas on one PostgreSQL, each with batches of keys that no other one gets. */
export async function measureReplicas(): Promise<ReplicasResult> {
  const postgres = await BenchPostgres.start();
  try {
    const rates = new Map<number, number[]>([1, 2, 3].map((replicas) => [replicas, []]));
    const held: HeldTransaction[] = [];
    for (let turn = 0; turn < rounds; turn++) {
      for (const [replicas, found] of rates) found.push(await rateOf(replicas, await postgres.newDatabase()));
      held.push(await holdTransaction(await postgres.newDatabase()));
    }
    const one = rates.get(1) ?? [];
    const middle = (name: keyof HeldTransaction): number =>
      round(median(held.map((times) => times[name])), 0);
    return {
      rows: [...rates].map(([replicas, found]) => ({
        replicas,
        eventsPerSecond: round(median(found), 0),
        toOne: round(median(found.map((rate, turn) => rate / (one[turn] ?? NaN)))),
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

/** Events a second of all of them together, each behind a network of its own. */
async function rateOf(replicas: number, databaseUrl: string): Promise<number> {
  return withReplicas(replicas, databaseUrl, async (running) => {
    for (const { proxy } of running) proxy.delay(networkMs);
    const stopping = new AbortController();
    let answered = 0;
    const sending = running.flatMap(({ router }) =>
      Array.from({ length: sendersOfReplica }, async () => {
        const sender = new Sender(router);
        while (!stopping.signal.aborted) {
          await sender.send();
          answered += eventsPerBatch;
        }
        sender.close();
      }),
    );
    await wait(warmUpMs);
    const [before, started] = [answered, performance.now()];
    await wait(measuredMs);
    const rate = ((answered - before) * 1_000) / (performance.now() - started);
    stopping.abort();
    await Promise.all(sending);
    return rate;
  });
}

/** Two replicas, of which one has a slow network, so that its transaction takes seconds. */
async function holdTransaction(databaseUrl: string): Promise<HeldTransaction> {
  return withReplicas(2, databaseUrl, async ([slow, other]) => {
    if (slow === undefined || other === undefined) throw new Error('there are two replicas');
    const sender = new Sender(slow.router);
    // Both have connected, and both know the key.
    const sameKey = new Sender(other.router, sender.address);
    const otherKeys = new Sender(other.router);
    for (const each of [sender, sameKey, otherKeys]) await each.send();
    const slowest = async (by: Sender, during: Promise<unknown>): Promise<number> => {
      let [over, longest] = [false, 0];
      void during.finally(() => (over = true));
      while (!over) {
        const started = performance.now();
        await by.send();
        longest = Math.max(longest, performance.now() - started);
      }
      return longest;
    };
    const aloneMs = await slowest(otherKeys, wait(1_000));
    slow.proxy.delay(slowMs);
    const started = performance.now();
    const held = sender.send().then(() => performance.now() - started);
    const otherKeysMs = await slowest(otherKeys, held);
    const heldMs = await held;
    const sameKeyMs = await slowest(sameKey, sender.send());
    slow.proxy.delay(0);
    for (const each of [sender, sameKey, otherKeys]) each.close();
    return { aloneMs, otherKeysMs, sameKeyMs, heldMs };
  });
}

interface Replica {
  readonly router: Router;
  readonly proxy: TcpProxy;
}

async function withReplicas<T>(
  count: number,
  databaseUrl: string,
  work: (replicas: readonly Replica[]) => Promise<T>,
): Promise<T> {
  const replicas: Replica[] = [];
  try {
    for (let replica = 0; replica < count; replica++) {
      const proxy = await TcpProxy.start(databaseUrl);
      const router = await startRouter({ rules, slackUrl: nowhere, databaseUrl: proxy.url });
      replicas.push({ router, proxy });
    }
    return await work(replicas);
  } finally {
    for (const { router, proxy } of replicas) {
      await router.stop();
      await proxy.close();
    }
  }
}

let sendersMade = 0;

/** Sends batches of one address, one after the other. */
class Sender {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private readonly text = new EventText({ ...background(0), type: 'fp' });
  private readonly number = (sendersMade += 1);
  private sent = 0;

  constructor(
    private readonly router: Router,
    readonly address = `198.51.100.${sendersMade}`,
  ) {}

  /** @throws Error when the batch is not taken */
  async send(): Promise<void> {
    const events = Array.from({ length: eventsPerBatch }, () => {
      this.sent += 1;
      const id = `replica-${this.number}-${this.sent}`;
      return this.text.with({ id, user: `user${this.sent}`, ip: this.address, at: Date.now() });
    });
    const status = await post(this.router.url, bodyOf(events), this.agent);
    if (status !== 200) throw new Error(`a batch was answered with ${status}`);
  }

  close(): void {
    this.agent.destroy();
  }
}
