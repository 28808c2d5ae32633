import { AlertBatch } from './alerting/alert-batch.js';
import type { Correlation, Correlator } from './windows/correlator.js';
import type { CrowdedWindow, Evicted } from './windows/key-cap.js';
import type { Reason } from './alerting/decision.js';
import type { LogEvent } from './event.js';
import type { Detection } from './alerting/detection.js';
import type { Match, MatchableEvent } from './matching/matcher.js';
import { AlertRaiser, type Decided } from './alerting/alert-raiser.js';
import type { LinkTo } from './alerting/render-alert.js';
import type { Rule, RuleSet } from './rule-set.js';
import { SilenceStage } from './alerting/silence-stage.js';
import type { Ids, NewAlert, PipelineStores } from './stores.js';
import { ThrottleStage } from './alerting/throttle-stage.js';
import { beginCooldowns, windowRules, WindowStage } from './alerting/window-stage.js';

/** Why a match did or didn't become a message. */
export interface MatchDecision {
  readonly rule: string;
  readonly logId: string;
  readonly reason: Reason;
}

/** The results of one batch. */
export interface BatchResult {
  readonly alerts: readonly NewAlert[];
  /** What was decided of every match, in the order of the matches. */
  readonly decisions: readonly MatchDecision[];
  /** Names that a rule's channel template gave and that name no channel. */
  readonly unknownChannels: ReadonlySet<string>;
  /** Why a template of a rule, by its id, failed last. The alert says so in its place. */
  readonly templateFailures: ReadonlyMap<string, string>;
  /** The channels that now have something to post. */
  readonly channels: ReadonlySet<string>;
  /** Windows that may have more keys than they keep; {@link Pipeline.evict} finds out, in a transaction of its own. */
  readonly crowded: readonly CrowdedWindow[];
}

/** How many matches are decided before other work gets its turn: they take some 10 ms. */
const matchesInOneGo = 200;

/** From matches to alerts in the outbox: duplicates, windows, silences, active hours, throttles, and the messages that show them. */
export class Pipeline {
  constructor(
    private readonly rules: RuleSet,
    private readonly correlator: Correlator,
    private readonly ids: Ids,
    private readonly linkTo: LinkTo,
    private readonly letOthersRun: () => Promise<void> = () => Promise.resolve(),
  ) {}

  /** The matches of the rules in force; empty when no transaction is needed. */
  match<E extends MatchableEvent>(events: readonly E[]): Promise<Match<Rule, E>[]> {
    return this.rules.matcher.match(events);
  }

  /**
   * Decides every match and writes what follows from it into the stores of one transaction. Each store is used once, and
   * always in the same order: events seen, windows, throttles, groups, silences, hits. So transactions of several replicas
   * wait for one another at most, and never in a circle.
   */
  async raise(matches: readonly Match<Rule>[], stores: PipelineStores, now: number): Promise<BatchResult> {
    const logIds = [...new Set(matches.map((match) => match.event.logId))];
    const unseen = await stores.seenEvents.record(logIds, now);
    const fresh = firstOfEachEvent(matches, unseen);
    const windows = await WindowStage.load(
      [...fresh],
      this.correlator,
      this.rules.redactor,
      stores.windows,
      now,
    );
    const { redactor } = this.rules;
    const detections = new Map(
      [...fresh].map((match) => [match, { ...match, shown: redactor.shown(match.event) }]),
    );
    const raiser = await this.open([...detections.values()], stores, now);

    const decided: DecidedMatch[] = [];
    for (const match of matches) {
      const detection = detections.get(match);
      const decision =
        detection === undefined
          ? suppressed('duplicate')
          : decide(detection, windows.outcomeOf(match), raiser);
      if (decided.push({ match, ...decision }) % matchesInOneGo === 0) await this.letOthersRun();
    }
    await windows.saveCooldowns(
      matches.flatMap((match, index) => {
        const outcome = windows.outcomeOf(match);
        return outcome.kind === 'completed' ? [{ ...outcome, alerts: decided[index]?.alerts ?? [] }] : [];
      }),
      stores.followUps,
    );
    const result = { ...(await this.close(raiser, decided, stores, now)), crowded: windows.crowded };
    await stores.ruleHits.add(countByRule(fresh), now);
    return result;
  }

  /** Raises the absence alerts whose deadline has passed. `more`: there may be more that are due. */
  async raiseDue(stores: PipelineStores, now: number): Promise<BatchResult & { readonly more: boolean }> {
    const due = await this.correlator.due(windowRules(this.rules), stores.windows, now);
    const detections = due.alerts.map(({ rule, event, info }): Detection => ({
      rule: rule.rule,
      event,
      // It comes from what was stored.
      shown: event,
      window: info,
    }));
    const raiser = await this.open(detections, stores, now);
    const decided = detections.map((match): DecidedMatch => ({ match, ...raiser.raise(match) }));
    await beginCooldowns(
      due.alerts.map((alert, index) => ({ ...alert, alerts: decided[index]?.alerts ?? [] })),
      stores.followUps,
    );
    return { ...(await this.close(raiser, decided, stores, now)), crowded: [], more: due.more };
  }

  /** Forgets the keys that a window has too many of. */
  evict(window: CrowdedWindow, { windows }: Pick<PipelineStores, 'windows'>): Promise<Evicted | undefined> {
    return this.correlator.evict(window, windows);
  }

  private async open(
    detections: readonly Detection[],
    stores: PipelineStores,
    now: number,
  ): Promise<AlertRaiser> {
    const silences = await SilenceStage.load(stores.silences, this.rules.lists, now);
    const throttles = await ThrottleStage.load(detections, this.rules.redactor, stores.throttles, now);
    return new AlertRaiser(new AlertBatch(this.rules, this.ids, now), silences, throttles, this.linkTo, now);
  }

  private async close(
    { batch, silences, throttles }: AlertRaiser,
    decided: readonly DecidedMatch[],
    stores: PipelineStores,
    now: number,
  ): Promise<Omit<BatchResult, 'crowded'>> {
    await throttles.save(stores.throttles);
    const joined = await stores.outbox.add(batch.deliveries, batch.alerts, now);
    await silences.save(stores.silences);
    return {
      alerts: batch.alerts.map((alert) => asStored(alert, joined)),
      decisions: decided.map(({ match, reason, alerts }) => ({
        rule: match.rule.id,
        logId: match.event.logId,
        reason: areGrouped(alerts.map((alert) => asStored(alert, joined))) ? 'grouped' : reason,
      })),
      unknownChannels: batch.unknownChannels,
      templateFailures: batch.templateFailures,
      channels: new Set(batch.deliveries.map((delivery) => delivery.channel)),
    };
  }
}

/** What was decided, and of what. */
type DecidedMatch = Decided & { readonly match: Pick<Match<Rule>, 'rule' | 'event'> };

function suppressed(reason: Reason): Decided {
  return { reason, alerts: [] };
}

/** The alert as the outbox keeps it, where its delivery may have joined an open group. */
function asStored(alert: NewAlert, joined: ReadonlyMap<string, string>): NewAlert {
  const open = alert.deliveryId === undefined ? undefined : joined.get(alert.deliveryId);
  return open === undefined ? alert : { ...alert, reason: 'grouped', deliveryId: open };
}

/** Whether each of the alerts that a message shows is shown by that of an earlier one. */
function areGrouped(alerts: readonly NewAlert[]): boolean {
  const shown = alerts.filter(({ deliveryId }) => deliveryId !== undefined);
  return shown.length > 0 && shown.every(({ reason }) => reason === 'grouped');
}

function decide(
  detection: Detection,
  outcome: Correlation | { readonly kind: 'alone' },
  raiser: AlertRaiser,
): Decided {
  switch (outcome.kind) {
    case 'alone':
      return raiser.raise(detection);
    case 'completed':
      return raiser.raise({ ...detection, window: outcome.info });
    case 'cooldown':
      return suppressed('window cooldown');
    case 'not-reached':
    case 'no-part':
      return suppressed('window not reached');
  }
}

/** The matches of events not seen before; of an event that occurs twice in the batch, those of its first copy. */
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
