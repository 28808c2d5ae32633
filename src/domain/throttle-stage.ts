import type { HeldBack } from './alert.js';
import { keyText, keyValues } from './key.js';
import type { Match } from './match/matcher.js';
import type { Rule } from './rule-set.js';
import { throttleId, type StoredThrottle, type Throttles } from './stores.js';
import { summaryAt, throttle } from './throttle.js';

/** Whether an alert goes out now, and what it tells of those that did not. */
export type ThrottleVerdict =
  { readonly kind: 'send'; readonly heldBack?: HeldBack } | { readonly kind: 'hold' };

/** Applies the throttles of a batch's rules: one read before, one write after. */
export class ThrottleStage {
  private readonly changed = new Map<string, StoredThrottle>();

  private constructor(
    private readonly stored: ReadonlyMap<string, StoredThrottle>,
    private readonly now: number,
  ) {}

  static async load(
    matches: readonly Match<Rule>[],
    throttles: Throttles,
    now: number,
  ): Promise<ThrottleStage> {
    const keys = new Map<string, { rule: string; key: string }>();
    for (const match of matches) {
      const key = keyOf(match);
      if (key !== undefined) keys.set(throttleId({ rule: match.rule.id, key }), { rule: match.rule.id, key });
    }
    return new ThrottleStage(keys.size === 0 ? new Map() : await throttles.load([...keys.values()]), now);
  }

  decide(match: Match<Rule>): ThrottleVerdict {
    const key = keyOf(match);
    if (key === undefined || match.rule.throttle === undefined) return { kind: 'send' };
    const { id: rule, hash: ruleHash } = match.rule;
    const { everyMs } = match.rule.throttle;
    const id = throttleId({ rule, key });
    const before = this.changed.get(id) ?? this.stored.get(id);
    const current = before?.ruleHash === ruleHash ? before : undefined;
    const decision = throttle(current?.state, everyMs, this.now);
    const { state } = decision;
    this.changed.set(id, {
      rule,
      key,
      ruleHash,
      state,
      summaryAt: summaryAt(state, everyMs),
      lastHeld: current?.lastHeld ?? [],
    });
    return decision.kind === 'hold' ? { kind: 'hold' } : { kind: 'send', heldBack: decision.heldBack };
  }

  /** Remembers the alerts that were held back last, which a summary would show. */
  held(match: Match<Rule>, alertIds: readonly string[]): void {
    const id = throttleId({ rule: match.rule.id, key: keyOf(match) ?? '' });
    const stored = this.changed.get(id);
    if (stored !== undefined) this.changed.set(id, { ...stored, lastHeld: alertIds });
  }

  async save(throttles: Throttles): Promise<void> {
    if (this.changed.size > 0) await throttles.save([...this.changed.values()]);
  }
}

/** The key of a match's throttle. The throttle of a rule with a window is how long its window rests. */
function keyOf({ rule, event }: Match<Rule>): string | undefined {
  return rule.throttle && keyText(keyValues(rule.throttle.by, event));
}
