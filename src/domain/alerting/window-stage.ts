import type { NewAlert } from '../stores.js';
import type { Correlation, Correlator, WindowAlert } from '../windows/correlator.js';
import type { CrowdedWindow } from '../windows/key-cap.js';
import type { CooldownEvents, FollowUps } from '../windows/follow-up.js';
import type { WindowStates } from '../windows/window-states.js';
import type { WindowRule } from '../windows/window.js';
import type { Match } from '../matching/matcher.js';
import type { Redactor } from '../redaction.js';
import type { Rule, RuleSet } from '../rule-set.js';

/** A rule that has a window, as the correlator sees it. */
export interface RuleWithWindow extends WindowRule {
  readonly rule: Rule;
}

/** The rules that have a window. */
export function windowRules({ rules }: RuleSet): readonly RuleWithWindow[] {
  return rules.flatMap((rule) => {
    const windowRule = windowRuleOf(rule);
    return windowRule === undefined ? [] : [windowRule];
  });
}

function windowRuleOf(rule: Rule): RuleWithWindow | undefined {
  return rule.window && { id: rule.id, hash: rule.hash, window: rule.window, rule };
}

/** What was decided of the alert of a window. */
export interface SentWindowAlert extends WindowAlert {
  readonly alerts: readonly NewAlert[];
}

/** Begins the cooldowns of window alerts, of those that are shown in a channel. */
export async function beginCooldowns(
  decided: readonly SentWindowAlert[],
  followUps: FollowUps,
): Promise<void> {
  const begun = decided.flatMap(({ info, cooldown, alerts }) => {
    const alertIds = alerts.flatMap(({ id, deliveryId }) => (deliveryId === undefined ? [] : [id]));
    return cooldown === undefined || alertIds.length === 0 ? [] : [{ ...cooldown, key: info.key, alertIds }];
  });
  if (begun.length > 0) await followUps.begin(begun);
}

/** Applies the windows of a batch's rules, all of them at once. */
export class WindowStage {
  private constructor(
    private readonly correlations: ReadonlyMap<Match<Rule>, Correlation>,
    private readonly cooldownEvents: readonly CooldownEvents[],
    readonly crowded: readonly CrowdedWindow[],
  ) {}

  static async load(
    matches: readonly Match<Rule>[],
    correlator: Correlator,
    redactor: Redactor,
    states: WindowStates,
    now: number,
  ): Promise<WindowStage> {
    const inputs = matches.flatMap((match) => {
      const rule = windowRuleOf(match.rule);
      return rule === undefined
        ? []
        : [
            {
              rule,
              event: match.event,
              shown: redactor.shown(match.event),
              steps: match.rule.stepsOf(match.why),
              match,
            },
          ];
    });
    const { correlations, cooldownEvents, crowded } = await correlator.correlate(inputs, states, now);
    return new WindowStage(
      new Map(inputs.map(({ match }, index) => [match, correlations[index] as Correlation])),
      cooldownEvents,
      crowded,
    );
  }

  /** Begins the cooldowns of the alerts that were sent, and counts the events of this batch that fell into cooldowns. */
  async saveCooldowns(sent: readonly SentWindowAlert[], followUps: FollowUps): Promise<void> {
    await beginCooldowns(sent, followUps);
    if (this.cooldownEvents.length > 0) await followUps.add(this.cooldownEvents);
  }

  /** `alone`: the rule has no window, and each match alerts. */
  outcomeOf(match: Match<Rule>): Correlation | { readonly kind: 'alone' } {
    return this.correlations.get(match) ?? { kind: 'alone' };
  }
}
