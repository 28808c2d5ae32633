import type { CountedAlert } from './tally.js';

/** How many alerts of a rule and channel are shown. */
const samplesShown = 3;

/** Alerts of one rule for one channel that only one of two rule sets would have sent. */
export interface Changed {
  readonly rule: string;
  readonly channel: string;
  count: number;
  /** The first of them. */
  readonly samples: CountedAlert[];
}

/** What new rules would send that the old ones would not, and the other way round. */
export class Comparison {
  private readonly addedBy = new Map<string, Changed>();
  private readonly removedBy = new Map<string, Changed>();

  /** Takes what came of the same events with the old and with the new rules. */
  take(before: readonly CountedAlert[], after: readonly CountedAlert[]): void {
    const [sentBefore, sentAfter] = [sentByKey(before), sentByKey(after)];
    for (const [key, alert] of sentAfter) if (!sentBefore.has(key)) count(this.addedBy, alert);
    for (const [key, alert] of sentBefore) if (!sentAfter.has(key)) count(this.removedBy, alert);
  }

  get added(): readonly Changed[] {
    return [...this.addedBy.values()];
  }

  get removed(): readonly Changed[] {
    return [...this.removedBy.values()];
  }
}

function sentByKey(alerts: readonly CountedAlert[]): ReadonlyMap<string, CountedAlert> {
  const sent = alerts.filter(({ reason }) => reason === 'sent' || reason === 'grouped');
  return new Map(sent.map((alert) => [JSON.stringify([alert.rule, alert.channel, alert.logIds]), alert]));
}

function count(changes: Map<string, Changed>, alert: CountedAlert): void {
  const key = JSON.stringify([alert.rule, alert.channel]);
  const changed = changes.get(key) ?? { rule: alert.rule, channel: alert.channel, count: 0, samples: [] };
  changes.set(key, changed);
  changed.count += 1;
  if (changed.samples.length < samplesShown) changed.samples.push(alert);
}
