import { codesInCategory } from '../../domain/catalogue/catalogue.js';
import type { Rule } from '../../domain/rule-set.js';
import type { DeclaredRule } from '../yaml/declared-rules.js';
import { isEventCode, writtenTypes } from './event-codes.js';

/** A rule in force beside how it was written. */
export interface CompiledRule {
  readonly declared: DeclaredRule;
  readonly rule: Rule;
}

const category = 'category:';
/** From how many rules on they are reported together. */
const several = 3;

/**
 * Reports the rules that no event ever gets to, as rules with `stop` before them take each that they could match. Only
 * what is certain is reported: the earlier rules test nothing but the type.
 */
export function reportUnreachable(rules: readonly CompiledRule[]): void {
  const stopping: CompiledRule[] = [];
  const groups = new Map<
    string,
    { readonly before: readonly CompiledRule[]; readonly hidden: CompiledRule[] }
  >();
  for (const current of rules) {
    const before = stoppedBy(current, stopping);
    if (before.length > 0) {
      const key = JSON.stringify(before.map(({ rule }) => rule.id));
      const group = groups.get(key) ?? { before, hidden: [] };
      group.hidden.push(current);
      groups.set(key, group);
    }
    if (current.rule.stop && asksForTypeOnly(current)) stopping.push(current);
  }
  for (const { before, hidden } of groups.values()) {
    if (hidden.length >= several) reportTogether(before, hidden);
    else for (const current of hidden) reportAlone(before, current);
  }
}

function reportAlone(before: readonly CompiledRule[], { declared, rule }: CompiledRule): void {
  const names = namesOf(before);
  declared.report({
    code: 'unreachable-rule',
    at: ['id'],
    message: `no event reaches the rule "${rule.id}": ${names} with stop: true takes them all`,
    hint: `put it before ${names}, or take stop: true away there`,
  });
}

/** Says once of all rules, such as those of an included file, that the same ones stop their events. */
function reportTogether(before: readonly CompiledRule[], hidden: readonly CompiledRule[]): void {
  const shown = hidden.slice(0, several).map(({ rule }) => `"${rule.id}"`);
  before.at(-1)?.declared.report({
    code: 'unreachable-rule',
    at: ['stop'],
    message: `no event reaches ${hidden.length} rules after ${namesOf(before)} with stop: true: ${shown.join(', ')}${hidden.length > several ? ', …' : ''}`,
    hint: 'take stop: true away, or let the rule match less: included rules come after those of the including file',
  });
}

function namesOf(rules: readonly CompiledRule[]): string {
  return rules.map(({ declared, rule }) => `"${rule.id}" (${declared.place})`).join(' and ');
}

/** The earlier rules that between them take every event of the rule; none if an event may be left for it. */
function stoppedBy({ declared }: CompiledRule, stopping: readonly CompiledRule[]): readonly CompiledRule[] {
  const takesAll = stopping.find(
    (earlier) => writtenTypes(earlier.declared.section.match ?? {}).length === 0,
  );
  if (takesAll !== undefined) return [takesAll];
  const takers = writtenTypes(declared.section.match ?? {})
    .flatMap(({ entry }) => expandCategory(entry))
    .map((entry) => stopping.find((earlier) => takes(earlier, entry)));
  const found = takers.filter((taker) => taker !== undefined);
  return found.length === takers.length ? [...new Set(found)] : [];
}

function takes({ declared, rule }: CompiledRule, entry: string): boolean {
  if (writtenTypes(declared.section.match ?? {}).some((written) => written.entry === entry)) return true;
  return isEventCode(entry) && rule.match.admitsType(entry);
}

function expandCategory(entry: string): readonly string[] {
  return (entry.startsWith(category) ? codesInCategory(entry.slice(category.length)) : undefined) ?? [entry];
}

function asksForTypeOnly({ declared }: CompiledRule): boolean {
  if (!declared.section.match) return false;
  const { fields, where, except } = declared.section.match;
  return Object.keys(fields ?? {}).length === 0 && !where && !except;
}
