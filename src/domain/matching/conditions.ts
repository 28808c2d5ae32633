import type { ConditionProperties, TopLevelCondition } from 'json-rules-engine';

export type NestedCondition = ConditionProperties | TopLevelCondition;

/** The fact through which `types` and `fields` reach into an event; no property of an event can have this name's place. */
export const fieldFact = 'field of event.data';
/** The operator that applies one value of `types` or `fields`, written as in the rules file, to a field. */
export const fieldOperator = 'holds';

/** The condition for one entry of `types` or `fields`. */
export function fieldCondition(path: string, form: unknown): NestedCondition {
  return { fact: fieldFact, params: { path }, operator: fieldOperator, value: form };
}
