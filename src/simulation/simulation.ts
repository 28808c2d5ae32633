import type { Kysely } from 'kysely';
import { normaliseEvent, type LogEvent } from '../domain/event.js';
import type { RuleAccount } from '../domain/match/matcher.js';
import { Pipeline, type Raised } from '../domain/pipeline.js';
import type { LinkTo } from '../domain/render-alert.js';
import type { Rule, RuleSet } from '../domain/rule-set.js';
import type { Ids } from '../domain/stores.js';
import { KyselyTransactions } from '../storage/kysely-transactions.js';
import { migrate } from '../storage/migrate.js';
import { openDatabase } from '../storage/open-database.js';
import type { Database } from '../storage/schema.js';

/** The latest time a Date can hold: a date that no event really has. */
const noDate = 8_640_000_000_000_000;

/** What one event came to. */
export interface SimulatedEvent {
  readonly event: LogEvent;
  readonly accounts: readonly RuleAccount<Rule>[];
  readonly raised: Raised;
}

/** The whole pipeline on an empty database in memory, with a clock that follows the events. Nothing is sent. */
export class Simulation {
  private readonly pipeline: Pipeline;
  private readonly transactions: KyselyTransactions;

  private constructor(
    private readonly rules: RuleSet,
    private readonly db: Kysely<Database>,
    private readonly ids: Ids,
    linkTo: LinkTo,
    private now: number,
  ) {
    this.pipeline = new Pipeline(rules, ids, linkTo);
    this.transactions = new KyselyTransactions(db);
  }

  /** @param now where the clock stands until the first event that has a date, in ms since the epoch. */
  static async start(rules: RuleSet, ids: Ids, linkTo: LinkTo, now: number): Promise<Simulation> {
    const db = openDatabase('sqlite::memory:');
    await migrate(db);
    return new Simulation(rules, db, ids, linkTo, now);
  }

  /**
   * Runs one element of a batch through; undefined when it is no event. The clock moves to the event's date. An event
   * older than one before it comes late, as it would in production.
   */
  async feed(element: unknown): Promise<SimulatedEvent | undefined> {
    const dated = normaliseEvent(element, noDate, () => this.ids.next());
    if (dated === undefined) return undefined;
    const event = dated.at === noDate ? { ...dated, at: this.now } : dated;
    this.now = dated.at === noDate ? this.now : Math.max(this.now, event.at);
    const accounts = await this.rules.matcher.explain(event);
    const matches = await this.pipeline.match([event]);
    const raised = await this.transactions.run((stores) => this.pipeline.raise(matches, stores, this.now));
    return { event, accounts, raised };
  }

  async close(): Promise<void> {
    await this.db.destroy();
  }
}
