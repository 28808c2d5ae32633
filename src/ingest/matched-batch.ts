import type { Match } from '../domain/matching/matcher.js';
import type { Pipeline } from '../domain/pipeline.js';
import type { Rule } from '../domain/rule-set.js';

/** How many matches are raised in one go, which takes some 10 ms of the event loop. */
const maxMatches = 200;

/** Matches, and the pipeline whose rules found them. Those of one event follow each other. */
export interface MatchedBatch<P = Pipeline> {
  readonly pipeline: P;
  readonly matches: readonly Match<Rule>[];
}

/**
 * The same matches in as few batches as can be, in their order: what the rules in force found together, except that
 * there are not too many in one, nor the matches of one event in two, the second of which would be taken for a copy.
 */
export function regroup<P>(batches: readonly MatchedBatch<P>[]): readonly MatchedBatch<P>[] {
  const groups: { readonly pipeline: P; readonly matches: Match<Rule>[] }[] = [];
  for (const { pipeline, matches } of batches) {
    for (const match of matches) {
      const last = groups.at(-1);
      const fits =
        last?.pipeline === pipeline &&
        (last.matches.length < maxMatches || last.matches.at(-1)?.event === match.event);
      if (fits) last.matches.push(match);
      else groups.push({ pipeline, matches: [match] });
    }
  }
  return groups;
}
