import type { Kysely } from 'kysely';
import { Correlator } from '../domain/windows/correlator.js';
import { normaliseEvent, type LogEvent } from '../domain/event.js';
import type { Match, RuleAccount } from '../domain/matching/matcher.js';
import { Pipeline, type BatchResult } from '../domain/pipeline.js';
import type { LinkTo } from '../domain/alerting/render-alert.js';
import type { Rule, RuleSet } from '../domain/rule-set.js';
import type { Ids } from '../domain/stores.js';
import { windowRules } from '../domain/alerting/window-stage.js';
import { fingerprint } from '../app/fingerprint.js';
import { KyselyTransactions } from '../storage/database/kysely-transactions.js';
import type { Database } from '../storage/database/schema.js';
import { writeThrottleSummaries } from '../storage/throttles/throttle-summaries-store.js';
import { readAlerts, type SimulatedAlert } from './simulated-alerts.js';

/** The latest time a Date can hold: a date that no event really has. */
const noDate = 8_640_000_000_000_000;

/** The results of one event. */
export interface SimulatedEvent {
  readonly event: LogEvent;
  readonly raised: BatchResult;
}

/** The whole pipeline on an empty database, with a clock that follows the events. Nothing is sent. */
export class Simulation {
  private readonly pipeline: Pipeline;
  private readonly transactions: KyselyTransactions;
  /** Whether an event has had a date, which the clock follows from then on. */
  private dated = false;
  private started = false;
  private readonly throttles: boolean;
  private readonly groups: boolean;
  /** Whether a rule alerts when something does not come. */
  private readonly waits: boolean;

  /**
   * @param db holds what the pipeline remembers; empty at first
   * @param now where the clock stands until the first event that has a date, in ms since the epoch
   */
  constructor(
    private readonly rules: RuleSet,
    private readonly db: Kysely<Database>,
    private readonly ids: Ids,
    linkTo: LinkTo,
    private now: number,
  ) {
    this.pipeline = new Pipeline(rules, new Correlator(fingerprint), ids, linkTo);
    this.transactions = new KyselyTransactions(db);
    this.throttles = rules.rules.some((rule) => rule.throttle !== undefined);
    this.waits = rules.rules.some((rule) => rule.window?.kind === 'missing');
    this.groups = rules.rules.some((rule) => rule.group !== undefined);
  }

  /**
   * Runs one element of a batch through; undefined when it is no event. The clock moves to the event's date. An event
   * older than one before it comes late, as it would in production.
   */
  async feed(element: unknown): Promise<SimulatedEvent | undefined> {
    const dated = normaliseEvent(element, noDate, () => this.ids.next());
    if (dated === undefined) return undefined;
    const event = dated.at === noDate ? { ...dated, at: this.now } : dated;
    if (!this.dated && dated.at !== noDate) this.now = dated.at;
    this.dated ||= dated.at !== noDate;
    const matches = await this.pipeline.match([event]);
    return { event, raised: await this.raise(matches, Math.max(this.now, event.at)) };
  }

  /** Matches in one transaction at `now`, as those of one batch; what windows waited for before then is done first. */
  async raise(matches: readonly Match<Rule>[], now: number): Promise<BatchResult> {
    await this.startWindows(now);
    await this.raiseDue(now);
    await this.closeGroups(now);
    const raised = await this.transactions.run((stores) => this.pipeline.raise(matches, stores, now));
    // After the matches: an alert carries what its throttle suppressed, and only what is left gets a summary of its own.
    await this.advance(now);
    return raised;
  }

  /** Moves the clock on, and does what falls due on the way when it does. It never goes back. */
  async advance(now: number): Promise<void> {
    await this.raiseDue(now);
    for (let due = await this.nextSummary(now); due !== undefined; due = await this.nextSummary(now)) {
      await this.closeGroups(due);
      await writeThrottleSummaries(this.db, this.ids, due);
    }
    await this.closeGroups(now);
    this.now = Math.max(this.now, now);
  }

  /** What every rule says of the event by itself. */
  explain(event: LogEvent): Promise<RuleAccount<Rule>[]> {
    return this.rules.matcher.explain(event);
  }

  /** Every alert so far, in the order they were raised, with what has become of it. */
  alerts(): Promise<readonly SimulatedAlert[]> {
    return readAlerts(this.db);
  }

  /** What a window learns, it learns from the first event on, whether or not that is one of its own. */
  private async startWindows(now: number): Promise<void> {
    if (this.started) return;
    this.started = true;
    const rules = windowRules(this.rules);
    if (rules.length > 0) await this.transactions.run(({ windows }) => windows.load(rules, now));
  }

  /** Alerts of windows whose time is up with no event to drive them. */
  private async raiseDue(now: number): Promise<void> {
    for (let more = this.waits; more;) {
      ({ more } = await this.transactions.run((stores) => this.pipeline.raiseDue(stores, now)));
    }
  }

  /** When the first throttle period with suppressed alerts ends, if that is by `now`. */
  private async nextSummary(now: number): Promise<number | undefined> {
    if (!this.throttles) return undefined;
    const next = await this.db
      .selectFrom('throttles')
      .select((eb) => eb.fn.min('summary_at').as('due'))
      .where('suppressed', '>', 0)
      .where('summary_at', '<=', now)
      .executeTakeFirst();
    return next?.due ?? undefined;
  }

  /** The messages whose wait is over are out: no alert joins them any more. */
  private async closeGroups(now: number): Promise<void> {
    if (!this.groups) return;
    await this.db
      .updateTable('deliveries')
      .set({ group_key: null })
      .where('group_key', 'is not', null)
      .where('next_at', '<=', now)
      .execute();
  }
}
