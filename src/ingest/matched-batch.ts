import type { Match } from '../domain/matching/matcher.js';
import type { Pipeline } from '../domain/pipeline.js';
import type { Rule } from '../domain/rule-set.js';

/** How many matches share a transaction at most, unless one batch has more. */
const maxMatches = 1_000;

/** The matches of a batch, and the pipeline whose rules found them. */
export interface MatchedBatch<P = Pipeline> {
  readonly pipeline: P;
  readonly matches: readonly Match<Rule>[];
  /** W3C's `traceparent` of the request that brought it; absent where that is not traced. */
  readonly traceParent?: string;
}

/** Whether a batch may share the transaction of others: the same rules found its matches, and they are not too many. */
export function mayShare<P>(batches: readonly MatchedBatch<P>[], next: MatchedBatch<P>): boolean {
  const matches = batches.reduce((sum, batch) => sum + batch.matches.length, next.matches.length);
  return batches.every(({ pipeline }) => pipeline === next.pipeline) && matches <= maxMatches;
}
