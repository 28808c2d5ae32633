import type { RuleResult, TopLevelCondition } from 'json-rules-engine';
import type { CompiledMatch } from './compile-match.js';
import type { Verdict } from './match-types.js';

/** The part of json-rules-engine's result that shows which of several matches held. */
interface Account {
  readonly all?: readonly Account[];
  readonly any?: readonly Account[];
  readonly result?: boolean;
}

/** The match of a rule whose window has steps: which events it is about, and which steps one of them serves. */
export interface StepMatch {
  readonly match: CompiledMatch;
  readonly stepsOf: (why: RuleResult) => readonly number[];
}

/** An event that the rule's own match takes and that serves at least one step. */
export function matchOfSequence(own: CompiledMatch, steps: readonly CompiledMatch[]): StepMatch {
  const some = anyOf(steps);
  const prefilter: CompiledMatch['prefilter'] = (data) =>
    both(own.prefilter(data), () => some.prefilter(data));
  return {
    match: {
      conditions: { all: [own.conditions, some.conditions] },
      admitsType: (type) => own.admitsType(type) && some.admitsType(type),
      admitsEveryType: own.admitsEveryType && some.admitsEveryType,
      necessaryConditions: own.necessaryConditions,
      fieldTests: own.fieldTests,
      prefilterAdmitted: prefilter,
      prefilter,
    },
    stepsOf: (why) => held((why.conditions as Account).all?.[1]?.any),
  };
}

/** An event that the rule's own match takes, step 0, or that follows such an event, step 1. */
export function matchOfMissing(own: CompiledMatch, following: CompiledMatch): StepMatch {
  const match = anyOf([own, following]);
  return { match, stepsOf: (why) => held((why.conditions as Account).any) };
}

function anyOf(matches: readonly CompiledMatch[]): CompiledMatch {
  const conditions: TopLevelCondition = { any: matches.map((match) => match.conditions) };
  const prefilter: CompiledMatch['prefilter'] = (data) => {
    const verdicts = matches.map((match) => match.prefilter(data));
    return verdicts.includes('yes') ? 'yes' : verdicts.includes('maybe') ? 'maybe' : 'no';
  };
  return {
    conditions,
    admitsType: (type) => matches.some((match) => match.admitsType(type)),
    admitsEveryType: matches.some((match) => match.admitsEveryType),
    necessaryConditions: [],
    fieldTests: [],
    prefilterAdmitted: prefilter,
    prefilter,
  };
}

function both(first: Verdict, second: () => Verdict): Verdict {
  if (first === 'no') return 'no';
  const verdict = second();
  return verdict === 'yes' ? first : verdict;
}

function held(accounts: readonly Account[] | undefined): readonly number[] {
  return (accounts ?? []).flatMap(({ result }, index) => (result === true ? [index] : []));
}
