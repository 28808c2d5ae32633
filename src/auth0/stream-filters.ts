import { describeEventType, eventTypeCodes } from '../domain/catalogue/catalogue.js';
import {
  priorityCodes,
  streamCategoriesOf,
  type StreamCategory,
} from '../domain/catalogue/stream-categories.js';
import { isObject } from '../domain/json-value.js';
import { fieldFact } from '../domain/matching/match-types.js';
import { isGlob, isSlashedRegex } from '../domain/matching/pattern.js';
import type { Rule } from '../domain/rule-set.js';

/** Which events a log stream has to send for a set of rules. */
export type NeededEvents =
  /** `rule` is about events of every type, or names `type`, a code whose category is not known. */
  | { readonly kind: 'all'; readonly rule: string; readonly type?: string }
  | {
      readonly kind: 'categories';
      /** In alphabetical order, each once. */
      readonly categories: readonly StreamCategory[];
      /** Whether a prioritised log stream sends all of them. */
      readonly isPriority: boolean;
      /** The globs and regexes among the rules' types, which codes that Auth0 adds later may fit as well. */
      readonly patterns: readonly string[];
    }
  /** There is no rule. */
  | { readonly kind: 'none' };

/**
 * The events that rules need, by their `types` alone: what `fields`, `where` and `except` leave out of a type is not known
 * to a log stream. A glob or regex stands for the codes known today, and for the category of unclassified events.
 */
export function neededEvents(rules: readonly Rule[]): NeededEvents {
  const categories = new Set<StreamCategory>();
  const patterns = new Set<string>();
  let isPriority = true;
  for (const { id, match } of rules) {
    if (match.admitsEveryType) return { kind: 'all', rule: id };
    const entries = typeEntries(match.conditions);
    const codes = eventTypeCodes.filter((code) => match.admitsType(code));
    const unknown = entries.find((entry) => !isPattern(entry) && describeEventType(entry) === undefined);
    if (unknown !== undefined) return { kind: 'all', rule: id, type: unknown };
    for (const pattern of entries.filter(isPattern)) {
      patterns.add(pattern);
      categories.add('other');
    }
    for (const code of codes) {
      isPriority &&= priorityCodes.has(code);
      for (const category of streamCategoriesOf(code)) categories.add(category);
    }
  }
  if (categories.size === 0) return { kind: 'none' };
  return {
    kind: 'categories',
    categories: [...categories].toSorted(),
    isPriority: isPriority && patterns.size === 0,
    patterns: [...patterns],
  };
}

/** What `types` of a match and of its window's steps say. What stands below `not` only leaves events out. */
function typeEntries(condition: unknown): readonly string[] {
  if (Array.isArray(condition)) return condition.flatMap(typeEntries);
  if (!isObject(condition)) return [];
  const { fact, params, value, all, any } = condition;
  if (fact === fieldFact && isObject(params) && params['path'] === 'type' && Array.isArray(value))
    return value.filter((entry) => typeof entry === 'string');
  return [...typeEntries(all), ...typeEntries(any)];
}

function isPattern(entry: string): boolean {
  return isSlashedRegex(entry) || isGlob(entry);
}
