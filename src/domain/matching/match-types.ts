import type { ConditionProperties, TopLevelCondition } from 'json-rules-engine';

/**
 * The grammar of `match` as the rules file writes it. `types` and `fields` are checked by {@link compileMatch};
 * `where` is a json-rules-engine condition tree.
 */
export interface MatchForm {
  readonly types?: string | readonly string[];
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly where?: unknown;
  readonly except?: MatchForm;
}

/** What is known of an event before json-rules-engine has looked at it. */
export type Verdict = 'no' | 'maybe' | 'yes';

export type NestedCondition = ConditionProperties | TopLevelCondition;

/** The fact through which `types` and `fields` reach into an event; no property of an event can have this name's place. */
export const fieldFact = 'field of event.data';
/** The operator that applies one value of `types` or `fields`, written as in the rules file, to a field. */
export const fieldOperator = 'holds';

/** The condition for one entry of `types` or `fields`. */
export function fieldCondition(path: string, form: unknown): NestedCondition {
  return { fact: fieldFact, params: { path }, operator: fieldOperator, value: form };
}

/** A place in events, and how it is read. */
export interface Reader<T = unknown> {
  /** The same for two readers that read the same. */
  readonly reader: string;
  readonly read: (data: Readonly<Record<string, unknown>>) => T;
}
