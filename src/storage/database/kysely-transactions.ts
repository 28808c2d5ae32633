import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { DatabaseUnavailable, Transactions, type Stores } from '../../domain/stores.js';
import { isConnectionFailure } from './connection-failure.js';
import { isPostgres } from './dialect.js';
import { DeliveryStatesStore } from '../outbox/delivery-states-store.js';
import { KnownTexts, OutboxStore } from '../outbox/outbox-store.js';
import { retryConflicts } from './retry-conflicts.js';
import { RuleHitsStore } from '../events/rule-hits-store.js';
import type { Database } from './schema.js';
import { SeenEventsStore } from '../events/seen-events-store.js';
import { SilencesStore } from '../silences/silences-store.js';
import { SlackClicksStore } from '../silences/slack-clicks-store.js';
import { LogPositionsStore } from '../tenant-logs/log-positions-store.js';
import { ThrottlesStore } from '../throttles/throttles-store.js';
import { FollowUpsStore } from '../windows/follow-ups-store.js';
import { KeyCache } from '../windows/key-cache.js';
import { WindowStore } from '../windows/window-store.js';

/** How many batches a replica writes to PostgreSQL at the same time; more would mostly wait for each other's rows. */
const atOnceOnPostgres = 3;

export class KyselyTransactions extends Transactions {
  override readonly atOnce: number;
  private readonly keys = new KeyCache();
  private readonly texts = new KnownTexts();
  private readonly replica = randomUUID();
  /** The numbers of the transactions that run. */
  private readonly running = new Set<number>();

  constructor(private readonly db: Kysely<Database>) {
    super();
    this.atOnce = isPostgres(db) ? atOnceOnPostgres : 1;
  }

  /** How often the state of a window's key was still in memory, and how often it was read. */
  get windowCache(): Readonly<KeyCache['uses']> {
    return this.keys.uses;
  }

  /** Runs the work again when its transaction lost against another one. */
  override async run<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    const number = this.takeNumber();
    try {
      return await retryConflicts(() => this.runOnce(work, number));
    } catch (error) {
      throw isConnectionFailure(error) ? new DatabaseUnavailable(error) : error;
    } finally {
      this.running.delete(number);
    }
  }

  private async runOnce<T>(work: (stores: Stores) => Promise<T>, number: number): Promise<T> {
    const written = new Set<string>();
    const result = await this.db.transaction().execute(async (tx) => {
      const stores = this.storesOf(tx, number);
      const done = await work(stores);
      for (const id of stores.outbox.written) written.add(id);
      return done;
    });
    for (const id of written) this.texts.set(id, true);
    return result;
  }

  private storesOf(tx: Kysely<Database>, number: number) {
    const writer = isPostgres(tx) ? `${this.replica}/${number}` : '';
    return {
      seenEvents: new SeenEventsStore(tx),
      outbox: new OutboxStore(tx, this.texts, writer),
      ruleHits: new RuleHitsStore(tx, writer),
      throttles: new ThrottlesStore(tx),
      silences: new SilencesStore(tx),
      slackClicks: new SlackClicksStore(tx),
      deliveryStates: new DeliveryStatesStore(tx),
      windows: new WindowStore(tx, this.keys),
      followUps: new FollowUpsStore(tx),
      logPositions: new LogPositionsStore(tx),
    } satisfies Stores;
  }

  /** The lowest number that no other running transaction has, so that a replica needs only a few. */
  private takeNumber(): number {
    let number = 0;
    while (this.running.has(number)) number += 1;
    this.running.add(number);
    return number;
  }
}
