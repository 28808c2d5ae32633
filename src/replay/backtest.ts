import type { LogEvent } from '../domain/event.js';
import type { RuleSet } from '../domain/rule-set.js';
import type { Ids } from '../domain/stores.js';
import { dashboardLink } from '../domain/alerting/render-alert.js';
import { writeThrottleSummaries } from '../storage/throttles/throttle-summaries-store.js';
import { ScratchDatabase } from './scratch-database.js';
import { Simulation } from './simulation.js';
import { Collector } from './collect.js';
import { MatchBatch } from './match-batch.js';
import { Tallies, type CountedAlert } from './tally.js';

const linkTo = dashboardLink('https://manage.auth0.com/#');

/** What rules would have made of past events. Matches go through the pipeline of production, as batches would. */
export class Backtest {
  readonly tallies: Tallies;
  private readonly simulation: Simulation;
  private readonly collector: Collector;
  private readonly batch = new MatchBatch();
  private now: number | undefined;
  private latest = 0;

  private constructor(
    private readonly rules: RuleSet,
    private readonly scratch: ScratchDatabase,
    private readonly ids: Ids,
  ) {
    this.tallies = new Tallies(
      rules.rules.map(({ id }) => id),
      [...rules.channels.keys()],
    );
    this.simulation = new Simulation(rules, scratch.db, ids, linkTo, 0);
    this.collector = new Collector(scratch.db);
  }

  static async start(rules: RuleSet, ids: Ids): Promise<Backtest> {
    return new Backtest(rules, await ScratchDatabase.open('disk'), ids);
  }

  /** Takes the next events, in their order. */
  async feed(events: readonly LogEvent[]): Promise<void> {
    const [first] = events;
    if (first === undefined) return;
    if (this.now === undefined) {
      this.now = first.at;
      await this.simulation.raise([], first.at);
    }
    for (const match of await this.rules.matcher.match(events)) {
      if (this.batch.isFullFor(match)) await this.raise();
      this.batch.add(match);
    }
    this.latest = events.reduce((latest, event) => Math.max(latest, event.at), this.latest);
  }

  /** The alerts that came of the events since the last time. */
  async collect(): Promise<readonly CountedAlert[]> {
    await this.raise();
    await this.simulation.advance(this.latest);
    return this.count();
  }

  /** Writes the summaries of throttles that are still due. What a window waits for may yet come after the last event. */
  async finish(): Promise<void> {
    await writeThrottleSummaries(this.scratch.db, this.ids, Number.MAX_SAFE_INTEGER);
    await this.count();
  }

  async close(): Promise<void> {
    await this.scratch.close();
  }

  private async raise(): Promise<void> {
    const matches = this.batch.take();
    if (matches.length === 0) return;
    this.now = matches.reduce((now, { event }) => Math.max(now, event.at), this.now ?? 0);
    const { decisions } = await this.simulation.raise(matches, this.now);
    for (const { rule, reason } of decisions) if (reason !== 'duplicate') this.tallies.addMatch(rule);
  }

  private async count(): Promise<readonly CountedAlert[]> {
    const { alerts, messages } = await this.collector.collect(this.latest);
    for (const alert of alerts) this.tallies.addAlert(alert);
    for (const message of messages) this.tallies.addMessage(message);
    return alerts;
  }
}
