import type { RuleSet } from '../../domain/rule-set.js';

/** The ids of rules that differ between two rule sets. */
export interface RulesChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

export function compareRules(before: RuleSet, after: RuleSet): RulesChange {
  const old = new Map(before.rules.map((rule) => [rule.id, rule.hash]));
  const kept = new Set(after.rules.map((rule) => rule.id));
  return {
    added: after.rules.filter((rule) => !old.has(rule.id)).map((rule) => rule.id),
    removed: before.rules.filter((rule) => !kept.has(rule.id)).map((rule) => rule.id),
    changed: after.rules
      .filter((rule) => old.has(rule.id) && old.get(rule.id) !== rule.hash)
      .map((rule) => rule.id),
  };
}
