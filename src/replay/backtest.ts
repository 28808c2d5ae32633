import type { LogEvent } from '../domain/event.js';
import type { RuleSet } from '../domain/rule-set.js';
import type { Ids } from '../domain/stores.js';
import { dashboardLink } from '../domain/alerting/render-alert.js';
import { Simulation } from './simulation.js';
import { MatchBatch } from './match-batch.js';
import { countedAlert, Tallies, type CountedAlert } from './tally.js';

const linkTo = dashboardLink('https://manage.auth0.com/#');

/** What rules would have made of past events. Matches go through the pipeline of production, as batches would. */
export class Backtest {
  readonly tallies: Tallies;
  private readonly simulation: Simulation;
  private readonly batch = new MatchBatch();
  private now: number | undefined;
  private latest = 0;

  constructor(
    private readonly rules: RuleSet,
    private readonly ids: Ids,
  ) {
    this.tallies = new Tallies(
      rules.rules.map(({ id }) => id),
      [...rules.channels.keys()],
    );
    this.simulation = new Simulation(rules, ids, linkTo, 0);
  }

  /** How many keys of windows were forgotten because there were too many of them for the memory. */
  get forgottenKeys(): number {
    return this.simulation.stores.windows.forgotten;
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

  /** The alerts that came of the events since the last time. What is not needed any more is then forgotten. */
  async collect(): Promise<readonly CountedAlert[]> {
    await this.raise();
    await this.simulation.advance(this.latest);
    const alerts = this.count();
    const { outbox, throttles, windows } = this.simulation.stores;
    outbox.forget(throttles.pending());
    throttles.prune(this.latest);
    windows.prune(this.latest);
    return alerts;
  }

  /** Writes the summaries of throttles that are still due. What a window waits for may yet come after the last event. */
  finish(): void {
    this.simulation.stores.throttles.writeSummaries(this.ids, Number.MAX_SAFE_INTEGER);
    this.count();
  }

  private async raise(): Promise<void> {
    const matches = this.batch.take();
    if (matches.length === 0) return;
    this.now = matches.reduce((now, { event }) => Math.max(now, event.at), this.now ?? 0);
    const { decisions } = await this.simulation.raise(matches, this.now);
    for (const { rule, reason } of decisions) if (reason !== 'duplicate') this.tallies.addMatch(rule);
  }

  private count(): readonly CountedAlert[] {
    const added = this.simulation.stores.outbox.takeNew();
    const alerts = added.alerts.map(countedAlert);
    for (const alert of alerts) this.tallies.addAlert(alert);
    for (const message of added.messages) this.tallies.addMessage(message);
    return alerts;
  }
}
