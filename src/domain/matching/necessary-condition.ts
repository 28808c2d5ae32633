import { comparisonOf, type Comparison } from './comparison.js';
import { equalityOf, type Equality } from './equality.js';
import { resolvePath, splitPath } from './field-path.js';
import { isObject } from '../json-value.js';

/** A part of the match that shows, without the other tests, that an event can't match. */
export type IndexTerm = Equality | Comparison;

/** Clues of which at least one must hold for a match to be possible. */
export type NecessaryCondition = readonly IndexTerm[];

/** The requirement that one entry of `fields` implies, if any. */
export function necessaryConditionOfField(path: string, form: unknown): NecessaryCondition | undefined {
  const steps = splitPath(path);
  const at = {
    reader: `field ${path}`,
    read: (data: Readonly<Record<string, unknown>>) => resolvePath(data, steps),
  };
  const term = equalityOf(form, at) ?? (isObject(form) ? comparisonOf(form, at) : undefined);
  return term && [term];
}
