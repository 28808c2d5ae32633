import { eventTypeCodes } from '../../domain/catalogue/catalogue.js';
import { compileTest } from '../../domain/matching/compile-test.js';
import { splitPath } from '../../domain/matching/field-path.js';
import { sameJson } from '../../domain/json-value.js';
import type { Lists } from '../../domain/matching/list.js';
import { testHolds } from '../../domain/matching/value-test.js';
import { isEventCode, writtenTypes } from '../compile/event-codes.js';
import { MatchSection } from '../schema/match-section.js';
import type { RuleSection } from '../schema/rule-section.js';
import type { Fault, Place } from '../problem.js';
import { impossibleTests, literalsOf, type Impossible } from './impossible-test.js';
import type { RuleTypes } from './rule-types.js';
import { TypeFilter, typeTest } from './type-filter.js';
import { kindsOf, wrongKinds } from './wrong-kind.js';

type Report = (fault: Impossible & Pick<Fault, 'target'>) => void;

/** Warns of every part of a rule's match, and of its window's steps, that holds for no event. */
export function lintMatches(
  { match: written, window }: RuleSection,
  { own, steps }: RuleTypes,
  lists: Lists,
  report: (fault: Fault) => void,
): void {
  const warn: Report = (fault) => report({ code: 'never-matches', ...fault });
  const match = written ?? new MatchSection();
  lintMatch(match, ['match'], own, lists, warn);
  for (const step of steps) {
    lintMatch(step.match, step.at, step.types, lists, warn);
    if (window?.sequence) lintStep(step.match, step.at, match, own, lists, warn);
  }
}

/** @param types of the events that the match is asked about */
function lintMatch(match: MatchSection, at: Place, types: TypeFilter, lists: Lists, warn: Report): void {
  const known = types.typesWithKnownFields();
  for (const [path, form] of Object.entries(match.fields ?? {})) {
    const kinds = known && kindsOf(splitPath(path), known);
    const below = [...impossibleTests(form, lists), ...(kinds ? wrongKinds(form, path, kinds) : [])];
    for (const fault of below) warn({ ...fault, at: [...at, 'fields', path, ...fault.at] });
    if (path === 'type' && !types.admitsAll) {
      const test = compileTest(form, lists, () => undefined);
      if (!types.codes().some((code) => testHolds(test, code)))
        warn({
          at: [...at, 'fields', path],
          message: 'no event type that "types" admits is this one',
          hint: 'write event types in types alone',
        });
    }
  }
  const { except } = match;
  if (!except) return;
  const below = [...at, 'except'];
  if (isAsWide(except, match)) {
    warn({
      at: below,
      target: 'key',
      message: 'this leaves out every event that the match takes',
      hint: 'write what is special about the events to leave out',
    });
    return;
  }
  for (const { entry, at: place } of typesOutside(except, types))
    warn({
      at: [...below, ...place],
      message: `the match takes no event of type "${entry}" that could be left out`,
      hint: 'correct it, or take it out',
    });
  lintMatch(except, below, TypeFilter.of(except).within(types), lists, warn);
}

/** Warns of what a step asks for and the rule's own match, which holds for every step, keeps from it. */
function lintStep(
  step: MatchSection,
  at: Place,
  match: MatchSection,
  own: TypeFilter,
  lists: Lists,
  warn: Report,
): void {
  const hint = "the rule's match holds for every step too: widen it, or leave it out";
  const outside = typesOutside(step, own);
  for (const { entry, at: place } of outside)
    warn({ at: [...at, ...place], message: `the rule's match takes no event of type "${entry}"`, hint });
  const types = TypeFilter.of(step).within(own);
  if (match.except && outside.length === 0 && asksForTypesOnly(match.except) && !types.admitsAll) {
    const left = TypeFilter.of(match.except);
    if (types.codes().every((code) => left.admits(code)))
      warn({ at: [...at, 'types'], message: "the rule's match leaves these event types out", hint });
  }
  const known = types.typesWithKnownFields();
  for (const [path, form] of Object.entries(step.fields ?? {})) {
    const kinds = known && kindsOf(splitPath(path), known);
    const wanted = match.fields?.[path];
    if (wanted === undefined || kinds === undefined || kinds.has('array')) continue;
    if (excludes(wanted, form, lists) || excludes(form, wanted, lists))
      warn({
        at: [...at, 'fields', path],
        message: `the rule's match asks "${path}" for something else`,
        hint,
      });
  }
}

/** Whether none of the values that one test asks for passes the other; both are about one value, no array. */
function excludes(form: unknown, other: unknown, lists: Lists): boolean {
  const literals = literalsOf(form);
  if (literals === undefined) return false;
  const test = compileTest(other, lists, () => undefined);
  return !literals.some((literal) => testHolds(test, literal));
}

/** The entries of a match's `types` that fit none of the events in question, without entries that fit no known code. */
function typesOutside(match: MatchSection, types: TypeFilter): ReturnType<typeof writtenTypes> {
  if (types.admitsAll) return [];
  return writtenTypes(match).filter(({ entry }) => {
    const admitted = codesOf(entry);
    return admitted.length > 0 && !admitted.some((code) => types.admits(code));
  });
}

function codesOf(entry: string): readonly string[] {
  return eventTypeCodes.filter(typeTest(entry));
}

function asksForTypesOnly({ fields, where, except }: MatchSection): boolean {
  return Object.keys(fields ?? {}).length === 0 && !where && !except;
}

/** Whether every event that matches is also an exception: all that the exception asks for, the match asks for too. */
function isAsWide(except: MatchSection, match: MatchSection): boolean {
  if (except.except) return false;
  const tests = Object.entries(except.fields ?? {});
  if (
    !tests.every(([path, form]) => match.fields?.[path] !== undefined && sameJson(form, match.fields[path]))
  )
    return false;
  if (except.where && !sameJson(except.where, match.where)) return false;
  const excepted = writtenTypes(except).map(({ entry }) => entry);
  if (excepted.length === 0) return true;
  const left = TypeFilter.of(except);
  const taken = writtenTypes(match).map(({ entry }) => entry);
  return taken.length > 0 && taken.every((entry) => excepted.includes(entry) || isCovered(entry, left));
}

/** Whether all codes that an entry means are admitted; a glob or regex may also mean codes that are not known yet. */
function isCovered(entry: string, by: TypeFilter): boolean {
  if (isEventCode(entry)) return by.admits(entry);
  return entry.startsWith('category:') && codesOf(entry).every((code) => by.admits(code));
}
