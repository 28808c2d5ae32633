import { Correlator } from '../domain/windows/correlator.js';
import { normaliseEvent, type LogEvent } from '../domain/event.js';
import type { Match, RuleAccount } from '../domain/matching/matcher.js';
import { Pipeline, type BatchResult } from '../domain/pipeline.js';
import type { LinkTo } from '../domain/alerting/render-alert.js';
import type { Rule, RuleSet } from '../domain/rule-set.js';
import type { Ids, NewAlert } from '../domain/stores.js';
import { windowRules } from '../domain/alerting/window-stage.js';
import { fingerprint } from '../app/fingerprint.js';
import { InMemoryStores } from './in-memory/stores.js';

/** The latest time a Date can hold: a date that no event really has. */
const noDate = 8_640_000_000_000_000;

/** The results of one event. */
export interface SimulatedEvent {
  readonly event: LogEvent;
  readonly raised: BatchResult;
}

/** The whole pipeline in memory, from an empty state, with a clock that follows the events. Nothing is sent. */
export class Simulation {
  readonly stores = new InMemoryStores();
  private readonly pipeline: Pipeline;
  /** Whether an event has had a date, which the clock follows from then on. */
  private dated = false;
  private started = false;

  /** @param now where the clock stands until the first event that has a date, in ms since the epoch */
  constructor(
    private readonly rules: RuleSet,
    private readonly ids: Ids,
    linkTo: LinkTo,
    private now: number,
  ) {
    this.pipeline = new Pipeline(rules, new Correlator(fingerprint), ids, linkTo);
  }

  /**
   * Runs one element of a batch through; undefined when it is not an event. The clock moves to the event's date. An
   * event older than one before it comes late, as it would in production.
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

  /** Raises matches at `now`, as those of one batch; what windows waited for before then is done first. */
  async raise(matches: readonly Match<Rule>[], now: number): Promise<BatchResult> {
    await this.startWindows(now);
    await this.raiseDue(now);
    this.stores.outbox.closeGroups(now);
    const raised = await this.pipeline.raise(matches, this.stores, now);
    for (const window of raised.crowded) await this.pipeline.evict(window, this.stores);
    // After the matches: an alert carries what its throttle suppressed, and only what is left gets a summary of its own.
    await this.advance(now);
    return raised;
  }

  /** Moves the clock on, and does what falls due on the way when it does. It never goes back. */
  async advance(now: number): Promise<void> {
    const { outbox, throttles } = this.stores;
    await this.raiseDue(now);
    for (let due = throttles.nextSummary(now); due !== undefined; due = throttles.nextSummary(now)) {
      outbox.closeGroups(due);
      throttles.writeSummaries(this.ids, due);
    }
    outbox.closeGroups(now);
    this.now = Math.max(this.now, now);
  }

  /** What every rule says of the event by itself. */
  explain(event: LogEvent): Promise<RuleAccount<Rule>[]> {
    return this.rules.matcher.explain(event);
  }

  /** Every alert so far, in the order they were raised, with what has become of it. */
  get alerts(): readonly NewAlert[] {
    return this.stores.outbox.alerts;
  }

  /** A window that learns does so from the first event on, whether or not that is one of its own. */
  private async startWindows(now: number): Promise<void> {
    if (this.started) return;
    this.started = true;
    await this.stores.windows.load(windowRules(this.rules), now);
  }

  /** Alerts of windows whose time is up with no event to drive them. */
  private async raiseDue(now: number): Promise<void> {
    for (let more = this.started; more;) ({ more } = await this.pipeline.raiseDue(this.stores, now));
  }
}
