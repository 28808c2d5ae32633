import { isActive } from './active-hours.js';
import { plainText } from './alert.js';
import type { Reason } from './decision.js';
import type { LogEvent } from './event.js';
import type { Match } from './match/matcher.js';
import { renderAlert, templateScope, type LinkTo } from './render-alert.js';
import type { Rule, RuleSet } from './rule-set.js';
import { storable } from './storable.js';
import type { Ids, NewAlert, NewDelivery, Stores } from './stores.js';

/** Why a match did or didn't become a message. */
export interface MatchDecision {
  readonly rule: string;
  readonly logId: string;
  readonly reason: Reason;
}

/** What one batch came to. */
export interface Raised {
  readonly alerts: readonly NewAlert[];
  /** What was decided of every match, in the order of the matches. */
  readonly decisions: readonly MatchDecision[];
  /** Names that a rule's channel template gave and that name no channel. */
  readonly unknownChannels: ReadonlySet<string>;
  /** The channels that now have something to post. */
  readonly channels: ReadonlySet<string>;
}

/** From matches to alerts in the outbox: duplicates, active hours, rendering, and one message for a channel and event. */
export class Pipeline {
  constructor(
    private readonly rules: RuleSet,
    private readonly ids: Ids,
    private readonly linkTo: LinkTo,
  ) {}

  /** The matches of the rules in force; empty when no transaction is needed. */
  match(events: readonly LogEvent[]): Promise<Match<Rule>[]> {
    return this.rules.matcher.match(events);
  }

  /** Decides every match and writes what follows from it into the stores of one transaction. */
  async raise(matches: readonly Match<Rule>[], stores: Stores, now: number): Promise<Raised> {
    const logIds = [...new Set(matches.map((match) => match.event.logId))];
    const unseen = await stores.seenEvents.record(logIds, now);
    const fresh = firstOfEachEvent(matches, unseen);
    await stores.ruleHits.add(countByRule(fresh), now);

    const batch = new Batch(this.rules, this.ids, this.linkTo);
    const decisions: MatchDecision[] = [];
    for (const match of matches) {
      const reason = fresh.has(match) ? reasonFor(match.rule, now) : 'duplicate';
      decisions.push({ rule: match.rule.id, logId: match.event.logId, reason });
      if (reason !== 'duplicate') batch.add(match, reason);
    }
    await stores.outbox.add(batch.deliveries, batch.alerts, now);
    return {
      alerts: batch.alerts,
      decisions,
      unknownChannels: batch.unknownChannels,
      channels: new Set(batch.deliveries.map((delivery) => delivery.channel)),
    };
  }
}

/** Collects the alerts of a batch, giving each event and channel one delivery. */
class Batch {
  readonly alerts: NewAlert[] = [];
  readonly deliveries: NewDelivery[] = [];
  readonly unknownChannels = new Set<string>();
  private readonly deliveryIds = new Map<string, string>();

  constructor(
    private readonly rules: RuleSet,
    private readonly ids: Ids,
    private readonly linkTo: LinkTo,
  ) {}

  add({ rule, event }: Match<Rule>, reason: Reason): void {
    const content = renderAlert(rule, event, this.linkTo);
    for (const channel of this.channelsOf(rule, event)) {
      this.alerts.push({
        id: this.ids.next(),
        rule: rule.id,
        channel,
        severity: rule.severity,
        at: event.at,
        title: storable(plainText(content.title)),
        logIds: [event.logId],
        reason,
        content,
        deliveryId: reason === 'sent' ? this.deliveryFor(event, channel) : undefined,
      });
    }
  }

  private channelsOf(rule: Rule, event: LogEvent): ReadonlySet<string> {
    const names = new Set<string>();
    for (const channel of rule.channels) {
      const name =
        typeof channel === 'string' ? channel : plainText(channel.render(templateScope(rule, event)));
      if (this.rules.channels.has(name)) {
        names.add(name);
      } else {
        this.unknownChannels.add(name);
        for (const fallback of this.rules.defaultChannels) names.add(fallback);
      }
    }
    return names;
  }

  private deliveryFor(event: LogEvent, channel: string): string {
    const key = `${channel} ${event.logId}`;
    const known = this.deliveryIds.get(key);
    if (known !== undefined) return known;
    const id = this.ids.next();
    this.deliveryIds.set(key, id);
    this.deliveries.push({ id, channel });
    return id;
  }
}

/** The matches of events not seen before; of an event that stands twice in the batch, those of its first copy. */
function firstOfEachEvent(
  matches: readonly Match<Rule>[],
  unseen: ReadonlySet<string>,
): ReadonlySet<Match<Rule>> {
  const first = new Map<string, LogEvent>();
  const fresh = matches.filter(({ event }) => {
    if (!unseen.has(event.logId)) return false;
    if (!first.has(event.logId)) first.set(event.logId, event);
    return first.get(event.logId) === event;
  });
  return new Set(fresh);
}

function countByRule(matches: Iterable<Match<Rule>>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of matches) counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1);
  return counts;
}

function reasonFor(rule: Rule, now: number): Reason {
  return rule.active === undefined || isActive(rule.active, now) ? 'sent' : 'out of hours';
}
