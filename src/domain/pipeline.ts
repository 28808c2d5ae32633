import { isActive } from './active-hours.js';
import { AlertBatch } from './alert-batch.js';
import type { Reason } from './decision.js';
import type { LogEvent } from './event.js';
import type { Match } from './match/matcher.js';
import { renderAlert, type LinkTo } from './render-alert.js';
import type { Rule, RuleSet } from './rule-set.js';
import { SilenceStage } from './silence-stage.js';
import type { Ids, NewAlert, Stores } from './stores.js';
import { ThrottleStage } from './throttle-stage.js';

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

/** From matches to alerts in the outbox: duplicates, silences, active hours, throttles, rendering, and the messages that show them. */
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
    const silences = await SilenceStage.load(stores.silences, this.rules.lists, now);
    const throttles = await ThrottleStage.load([...fresh], stores.throttles, now);

    const batch = new AlertBatch(this.rules, this.ids, now);
    const decisions = matches.map((match): MatchDecision => {
      const reason = fresh.has(match) ? this.decide(match, batch, silences, throttles, now) : 'duplicate';
      return { rule: match.rule.id, logId: match.event.logId, reason };
    });
    await silences.save(stores.silences);
    await throttles.save(stores.throttles);
    await stores.outbox.add(batch.deliveries, batch.alerts, now);
    return {
      alerts: batch.alerts,
      decisions,
      unknownChannels: batch.unknownChannels,
      channels: new Set(batch.deliveries.map((delivery) => delivery.channel)),
    };
  }

  private decide(
    match: Match<Rule>,
    batch: AlertBatch,
    silences: SilenceStage,
    throttles: ThrottleStage,
    now: number,
  ): Reason {
    const { rule, event } = match;
    const content = renderAlert(rule, event, this.linkTo);
    if (silences.keepsBack(match)) {
      batch.add(rule, event, content, 'silenced');
      return 'silenced';
    }
    if (rule.active !== undefined && !isActive(rule.active, now)) {
      batch.add(rule, event, content, 'out of hours');
      return 'out of hours';
    }
    const verdict = throttles.decide(match);
    if (verdict.kind === 'hold') {
      const alerts = batch.add(rule, event, content, 'throttled', verdict.openedBy);
      throttles.held(match, alerts);
      return alerts.some((alert) => alert.reason === 'sent') ? 'sent' : 'throttled';
    }
    throttles.opened(match, batch.add(rule, event, { ...content, heldBack: verdict.heldBack }, 'sent'));
    return 'sent';
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
