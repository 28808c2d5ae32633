import type { RuleResult } from 'json-rules-engine';
import type { LogEvent, ReceivedEvent } from '../event.js';
import { RuleIndex, type IndexedRule } from './rule-index.js';
import type { CompiledMatch } from './compile-match.js';
import type { Lists } from './list.js';
import { factsOf, RuleEngine, type EventFacts } from './rule-engine.js';

/** How many event types keep the index of their rules; Auth0 documents some 200. */
const maxIndexedTypes = 4096;

export interface MatchableRule {
  readonly id: string;
  readonly match: CompiledMatch;
  /** True: rules after this one don't see an event that it matched. */
  readonly stop: boolean;
}

/** What a rule sees of an event. */
export type MatchableEvent = Pick<ReceivedEvent, 'type' | 'data'>;

/** A rule that an event matched, with json-rules-engine's account of why. */
export interface Match<R extends MatchableRule, E extends MatchableEvent = LogEvent> {
  readonly rule: R;
  readonly event: E;
  readonly why: RuleResult;
}

/** What became of one rule and event. */
export type RuleAccount<R extends MatchableRule> =
  { readonly rule: R; readonly why: RuleResult } | { readonly rule: R; readonly stoppedBy: string };

/**
 * Finds the rules that an event matches, in the order of the rules. The type index and the prefilter only skip work:
 * whatever they let through, json-rules-engine decides.
 */
export class Matcher<R extends MatchableRule> {
  /** Made when first asked, since an engine costs more than all else of a rule, and most rules hardly ever match. */
  private readonly engines = new Map<R, RuleEngine>();
  private readonly typed: readonly IndexedRule<R>[];
  private readonly ofEveryType: RuleIndex<R>;
  private readonly byType = new Map<string, RuleIndex<R>>();

  constructor(
    private readonly rules: readonly R[],
    private readonly lists: Lists,
  ) {
    const indexedRules = rules.map((rule, position): IndexedRule<R> => ({ rule, position }));
    this.typed = indexedRules.filter(({ rule }) => !rule.match.admitsEveryType);
    this.ofEveryType = new RuleIndex(indexedRules.filter(({ rule }) => rule.match.admitsEveryType));
  }

  /** The matches of all events, in order. Costs no promise for an event that no rule can match. */
  async match<E extends MatchableEvent>(events: readonly E[]): Promise<Match<R, E>[]> {
    const matches: Match<R, E>[] = [];
    for (const event of events) {
      const indexedRules = this.indexedRules(event);
      if (indexedRules !== undefined) matches.push(...(await this.decide(event, indexedRules)));
    }
    return matches;
  }

  /**
   * What json-rules-engine says of every rule, matched or not, in the order of the rules. Nothing is skipped; a rule
   * that an earlier `stop` keeps from the event names the rule that stopped it instead.
   */
  async explain(event: MatchableEvent): Promise<RuleAccount<R>[]> {
    const facts = factsOf(event.data);
    const accounts: RuleAccount<R>[] = [];
    let stoppedBy: string | undefined;
    for (const rule of this.rules) {
      if (stoppedBy !== undefined) {
        accounts.push({ rule, stoppedBy });
        continue;
      }
      const why = await this.run(rule, facts);
      accounts.push({ rule, why });
      if (rule.stop && why.result === true) stoppedBy = rule.id;
    }
    return accounts;
  }

  /** The rules that may match, in their order; undefined where none can. */
  private indexedRules(event: MatchableEvent): readonly IndexedRule<R>[] | undefined {
    const ofType = this.byType.get(event.type) ?? this.indexType(event.type);
    const found = this.ofEveryType.collect(event.data, ofType.collect(event.data, undefined));
    return found?.sort((left, right) => left.position - right.position);
  }

  private indexType(type: string): RuleIndex<R> {
    const index = new RuleIndex(this.typed.filter(({ rule }) => rule.match.admitsType(type)));
    if (this.byType.size >= maxIndexedTypes) this.byType.clear();
    this.byType.set(type, index);
    return index;
  }

  private async decide<E extends MatchableEvent>(
    event: E,
    indexedRules: readonly IndexedRule<R>[],
  ): Promise<Match<R, E>[]> {
    const facts = factsOf(event.data);
    const matches: Match<R, E>[] = [];
    for (const { rule } of indexedRules) {
      const why = await this.run(rule, facts);
      if (why.result !== true) continue;
      matches.push({ rule, event, why });
      if (rule.stop) break;
    }
    return matches;
  }

  private async run(rule: R, facts: EventFacts): Promise<RuleResult> {
    const [result] = await this.engineOf(rule).run(facts);
    return result as RuleResult;
  }

  private engineOf(rule: R): RuleEngine {
    const known = this.engines.get(rule);
    if (known !== undefined) return known;
    const engine = new RuleEngine([{ id: rule.id, conditions: rule.match.conditions }], this.lists);
    this.engines.set(rule, engine);
    return engine;
  }
}
