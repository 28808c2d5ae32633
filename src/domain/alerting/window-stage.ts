import type { Correlation, Correlator } from '../windows/correlator.js';
import type { Evicted } from '../windows/key-cap.js';
import type { WindowStates } from '../windows/window-states.js';
import type { WindowRule } from '../windows/window.js';
import type { Match } from '../matching/matcher.js';
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

/** Applies the windows of a batch's rules, all of them at once. */
export class WindowStage {
  private constructor(
    private readonly correlations: ReadonlyMap<Match<Rule>, Correlation>,
    readonly evicted: readonly Evicted[],
  ) {}

  static async load(
    matches: readonly Match<Rule>[],
    correlator: Correlator,
    states: WindowStates,
    now: number,
  ): Promise<WindowStage> {
    const inputs = matches.flatMap((match) => {
      const rule = windowRuleOf(match.rule);
      return rule === undefined
        ? []
        : [{ rule, event: match.event, steps: match.rule.stepsOf(match.why), match }];
    });
    const { correlations, evicted } = await correlator.correlate(inputs, states, now);
    return new WindowStage(
      new Map(inputs.map(({ match }, index) => [match, correlations[index] as Correlation])),
      evicted,
    );
  }

  /** `alone`: the rule has no window, and the match stands for itself. */
  verdictOf(match: Match<Rule>): Correlation | { readonly kind: 'alone' } {
    return this.correlations.get(match) ?? { kind: 'alone' };
  }
}
