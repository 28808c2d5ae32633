import type { Variable } from 'liquidjs';
import { liquid } from './liquid.js';

/** A path into the event that a Liquid text reads. Line and column count from 1 within the text. */
export interface TemplatePath {
  /** What follows `event`, as far as it does not depend on the event; never empty. */
  readonly steps: readonly string[];
  readonly line: number;
  readonly column: number;
}

/** The paths that a Liquid text reads after `event`; none of a text that can't be read. */
export function eventPathsIn(source: string): readonly TemplatePath[] {
  if (!source.includes('event')) return [];
  return variablesIn(source).flatMap(({ segments: [, ...below], location }) => {
    const fixed = below.findIndex((segment) => typeof segment === 'object');
    const steps = (fixed === -1 ? below : below.slice(0, fixed)).map(String);
    return steps.length === 0 ? [] : [{ steps, line: location.row, column: location.col }];
  });
}

function variablesIn(source: string): readonly Variable[] {
  try {
    return liquid.analyzeSync(liquid.parse(source), { partials: false }).globals['event'] ?? [];
  } catch {
    // What is wrong with it is reported where it is compiled.
    return [];
  }
}
