import type { Match } from '../domain/matching/matcher.js';
import type { Rule } from '../domain/rule-set.js';
import { mayShare, type MatchedBatch } from './matched-batch.js';

function batch(pipeline: string, count: number): MatchedBatch<string> {
  return { pipeline, matches: Array.from({ length: count }, () => ({}) as Match<Rule>) };
}

describe('mayShare', () => {
  it('lets batches whose matches the same rules found share a transaction', () => {
    expect(mayShare([batch('old', 2), batch('old', 1)], batch('old', 3))).toBe(true);
    expect(mayShare([batch('old', 2)], batch('new', 3))).toBe(false);
  });

  it('lets no more than 1,000 matches share one', () => {
    expect(mayShare([batch('p', 400), batch('p', 400)], batch('p', 200))).toBe(true);
    expect(mayShare([batch('p', 400), batch('p', 400)], batch('p', 201))).toBe(false);
  });
});
