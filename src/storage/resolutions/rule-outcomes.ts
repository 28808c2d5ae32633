import { sql, type Kysely } from 'kysely';
import type { Database } from '../database/schema.js';
import { dayOf, startOfDay } from './sent-alerts.js';

/** What became of the alerts of a rule that messages show. */
export interface RuleOutcome {
  readonly alerts: number;
  /** Those of messages that nobody has acknowledged or resolved, or that were reopened. */
  readonly open: number;
  readonly acknowledged: number;
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly expected: number;
  /**
   * After how many ms a message with alerts of the rule was acknowledged or resolved for the first time: the median of those
   * that are not open. Null where all are.
   */
  readonly acknowledgedAfterMs: number | null;
}

export const noOutcome: RuleOutcome = {
  alerts: 0,
  open: 0,
  acknowledged: 0,
  truePositive: 0,
  falsePositive: 0,
  expected: 0,
  acknowledgedAfterMs: null,
};

/**
 * How the alerts of each rule were resolved. It reads a row for each rule and day, and one for each message that somebody
 * has acknowledged or resolved: never the alerts themselves.
 */
export class RuleOutcomes {
  constructor(private readonly db: Kysely<Database>) {}

  /**
   * @param since alerts from the day of this time on are counted, in ms since the epoch
   * @returns by rule, those that have sent no alert left out
   */
  async since(since: number): Promise<ReadonlyMap<string, RuleOutcome>> {
    const outcomes = new Map<string, RuleOutcome>();
    const handled = await this.handled(startOfDay(since));
    const waits = await this.waits(startOfDay(since));
    const sent = await this.sent(dayOf(since));
    for (const rule of new Set([...sent.keys(), ...handled.keys()])) {
      const states = handled.get(rule) ?? noOutcome;
      const done = states.acknowledged + states.truePositive + states.falsePositive + states.expected;
      // A group that began yesterday counts with its first day, while its later alerts count with theirs.
      const alerts = Math.max(sent.get(rule) ?? 0, done);
      outcomes.set(rule, {
        ...states,
        alerts,
        open: alerts - done,
        acknowledgedAfterMs: waits.get(rule) ?? null,
      });
    }
    return outcomes;
  }

  private async sent(day: number): Promise<ReadonlyMap<string, number>> {
    const rows = await this.db
      .selectFrom('sent_alerts')
      .select((eb) => ['rule', eb.fn.sum<number>('alerts').as('alerts')])
      .where('day', '>=', day)
      .groupBy('rule')
      .execute();
    return new Map(rows.map(({ rule, alerts }) => [rule, Number(alerts)]));
  }

  private async handled(since: number): Promise<ReadonlyMap<string, RuleOutcome>> {
    const rows = await this.db
      .selectFrom('handled_alerts')
      .select((eb) => ['rule', 'state', 'resolution', eb.fn.sum<number>('alerts').as('alerts')])
      .where('raised_at', '>=', since)
      .where('state', '<>', 'open')
      .groupBy(['rule', 'state', 'resolution'])
      .execute();
    const outcomes = new Map<string, RuleOutcome>();
    for (const { rule, state, resolution, alerts } of rows) {
      const name = state === 'acknowledged' ? 'acknowledged' : countedAs[resolution ?? 'expected'];
      outcomes.set(rule, { ...(outcomes.get(rule) ?? noOutcome), [name]: Number(alerts) });
    }
    return outcomes;
  }

  /** The median by rule: that of an even number lies halfway between the two in the middle. */
  private async waits(since: number): Promise<ReadonlyMap<string, number>> {
    const { rows } = await sql<{ readonly rule: string; readonly median: number }>`
      select rule, avg(acknowledged_after) as median
      from (
        select rule, acknowledged_after,
          row_number() over (partition by rule order by acknowledged_after) as place,
          count(*) over (partition by rule) as messages
        from handled_alerts where raised_at >= ${since} and state <> 'open'
      ) as waits
      where place * 2 between messages and messages + 2
      group by rule
    `.execute(this.db);
    return new Map(rows.map(({ rule, median }) => [rule, Math.round(Number(median))]));
  }
}

const countedAs = {
  'true-positive': 'truePositive',
  'false-positive': 'falsePositive',
  expected: 'expected',
} as const;
