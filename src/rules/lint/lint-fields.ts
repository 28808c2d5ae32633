import { splitPath } from '../../domain/matching/field-path.js';
import { eventPathsIn } from '../../domain/alerting/template-paths.js';
import type { Window } from '../../domain/windows/window.js';
import type { MatchSection } from '../schema/match-section.js';
import type { RuleSection } from '../schema/rule-section.js';
import type { Fault, Place } from '../problem.js';
import { isOddPath } from './odd-paths.js';
import type { RuleTypes } from './rule-types.js';
import { TypeFilter } from './type-filter.js';
import { unknownField } from './unknown-field.js';
import { isObject } from '../../domain/json-value.js';

type Report = (fault: Fault) => void;

/** The kinds of window that look at a field. Another one is a type error here until it is named. */
const kindsWithField: Readonly<Record<Extract<Window, { readonly field: unknown }>['kind'], true>> = {
  distinct: true,
  new: true,
};

/** Warns of every path of a rule, except in its template, that events of none of the rule's types have. */
export function lintFields(
  section: RuleSection,
  raw: Readonly<Record<string, unknown>>,
  { own, counted, steps, alerting }: RuleTypes,
  report: Report,
): void {
  if (section.match) lintMatch(section.match, ['match'], own, report);
  for (const { match, at, types } of steps) lintMatch(match, at, types, report);

  const window = isObject(raw['window']) ? raw['window'] : {};
  for (const kind of Object.keys(kindsWithField)) {
    const part = window[kind];
    const field: unknown = isObject(part) ? part['field'] : undefined;
    if (typeof field === 'string') lintPath(field, { at: ['window', kind, 'field'] }, counted, report);
  }
  lintKey(section.window?.by, ['window', 'by'], counted, report);
  lintKey(section.throttle?.by, ['throttle', 'by'], alerting, report);
  lintKey(section.group?.by, ['group', 'by'], alerting, report);
}

function lintMatch(match: MatchSection, at: Place, types: TypeFilter, report: Report): void {
  for (const path of Object.keys(match.fields ?? {}))
    lintPath(path, { at: [...at, 'fields', path], target: 'key' }, types, report);
  const { except } = match;
  if (except) lintMatch(except, [...at, 'except'], TypeFilter.of(except).within(types), report);
}

/** Entries of `by`: each a path, or a Liquid text that reads some. */
function lintKey(
  by: readonly string[] | undefined | null,
  at: Place,
  types: TypeFilter,
  report: Report,
): void {
  for (const [index, entry] of (by ?? []).entries()) {
    const place = [...at, index];
    if (!/\{[{%]/.test(entry)) lintPath(entry, { at: place }, types, report);
    else
      for (const { steps, ...within } of eventPathsIn(entry))
        lintSteps(steps, { at: place, within }, types, report);
  }
}

type FaultPlace = Pick<Fault, 'at' | 'target' | 'within'>;

function lintPath(path: string, place: FaultPlace, types: TypeFilter, report: Report): void {
  if (isOddPath(path)) return;
  lintSteps(splitPath(path), place, types, report);
}

function lintSteps(steps: readonly string[], place: FaultPlace, types: TypeFilter, report: Report): void {
  const known = types.typesWithKnownFields();
  const warning = known && unknownField(steps, known);
  if (warning !== undefined) report({ ...warning, ...place });
}
