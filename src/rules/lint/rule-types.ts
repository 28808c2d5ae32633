import { MatchSection } from '../schema/match-section.js';
import type { RuleSection } from '../schema/rule-section.js';
import type { Place } from '../problem.js';
import { TypeFilter } from './type-filter.js';

/** A match below a rule's window. */
export interface StepTypes {
  readonly match: MatchSection;
  readonly at: Place;
  readonly types: TypeFilter;
}

/** Which types of events the parts of a rule see. */
export interface RuleTypes {
  /** Those of the rule's match. */
  readonly own: TypeFilter;
  /** The steps of a sequence, held to the rule's match too, or what is to follow of `missing`. */
  readonly steps: readonly StepTypes[];
  /** Those of the events that the window takes in. */
  readonly counted: TypeFilter;
  /** Those of the event that an alert is about. */
  readonly alerting: TypeFilter;
}

export function ruleTypes({ match, window }: RuleSection): RuleTypes {
  const own = TypeFilter.of(match ?? new MatchSection());
  if (window?.missing) {
    const types = TypeFilter.of(window.missing);
    const steps = [{ match: window.missing, at: ['window', 'missing'], types }];
    return { own, steps, counted: own.or(types), alerting: own };
  }
  const steps = (window?.sequence ?? []).map((step, index) => ({
    match: step,
    at: ['window', 'sequence', index],
    types: TypeFilter.of(step).within(own),
  }));
  const [first, ...others] = steps;
  const some = first && others.reduce((types, step) => types.or(step.types), first.types);
  return { own, steps, counted: some ?? own, alerting: some ?? own };
}
