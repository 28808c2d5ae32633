import type { LogEvent } from '../domain/event.js';
import type { Match } from '../domain/match/matcher.js';
import type { Rule, RuleSet } from '../domain/rule-set.js';
import type { Ids } from '../domain/stores.js';
import { dashboardLink } from '../domain/dashboard-link.js';
import { writeThrottleSummaries } from '../storage/throttle-summaries-store.js';
import { ScratchDatabase } from '../simulation/scratch-database.js';
import { Simulation } from '../simulation/simulation.js';
import { Collector } from './collect.js';
import { Tallies, type CountedAlert } from './tally.js';

/** How many matches are raised in one transaction. */
const matchesAtOnce = 500;
/** How far apart, in ms, matches of one transaction are at most when the clock matters to one of their rules. */
const batchMs = 1_000;
const linkTo = dashboardLink('https://manage.auth0.com/#');

/** What rules would have made of past events. Matches go through the pipeline of production, as batches would. */
export class Backtest {
  readonly tallies: Tallies;
  private readonly simulation: Simulation;
  private readonly collector: Collector;
  private now: number | undefined;

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
    return new Backtest(rules, await ScratchDatabase.open(), ids);
  }

  /** Takes the next events, in their order, and gives the alerts that come of them. */
  async feed(events: readonly LogEvent[]): Promise<readonly CountedAlert[]> {
    const [first] = events;
    if (first === undefined) return [];
    if (this.now === undefined) {
      this.now = first.at;
      await this.simulation.raise([], first.at);
    }
    for (const batch of batches(await this.rules.matcher.match(events))) {
      this.now = batch.reduce((now, { event }) => Math.max(now, event.at), this.now);
      const { decisions } = await this.simulation.raise(batch, this.now);
      for (const { rule, reason } of decisions) if (reason !== 'duplicate') this.tallies.addMatch(rule);
    }
    this.now = events.reduce((now, event) => Math.max(now, event.at), this.now);
    await this.simulation.advance(this.now);
    return this.collect(this.now);
  }

  /** Lets throttles tell of what they still hold back. What a window waits for may yet come after the last event. */
  async finish(): Promise<void> {
    await writeThrottleSummaries(this.scratch.db, this.ids, Number.MAX_SAFE_INTEGER);
    await this.collect(this.now ?? 0);
  }

  async close(): Promise<void> {
    await this.scratch.close();
  }

  private async collect(now: number): Promise<readonly CountedAlert[]> {
    const { alerts, messages } = await this.collector.collect(now);
    for (const alert of alerts) this.tallies.addAlert(alert);
    for (const message of messages) this.tallies.addMessage(message);
    return alerts;
  }
}

/** The matches in order, those of one event always together. */
function* batches(matches: readonly Match<Rule>[]): Generator<readonly Match<Rule>[]> {
  let batch: Match<Rule>[] = [];
  let clockFrom: number | undefined;
  for (const match of matches) {
    const { event, rule } = match;
    const isNewEvent = batch.at(-1)?.event !== event;
    const isLate = clockFrom !== undefined && Math.abs(event.at - clockFrom) > batchMs;
    if (isNewEvent && batch.length > 0 && (batch.length >= matchesAtOnce || isLate)) {
      yield batch;
      batch = [];
      clockFrom = undefined;
    }
    batch.push(match);
    if (clockFrom === undefined && needsClock(rule)) clockFrom = batch[0]?.event.at;
  }
  if (batch.length > 0) yield batch;
}

/** Whether it matters to the rule what time it is when an event comes. Windows go by the events' own time. */
function needsClock({ active, group, throttle, window }: Rule): boolean {
  return (
    active !== undefined ||
    group !== undefined ||
    (throttle !== undefined && window === undefined) ||
    window?.kind === 'missing'
  );
}
