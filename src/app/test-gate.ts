import type { LoadResult } from '../rules/load-rules.js';
import { TimeOrderedIds } from './time-ordered-ids.js';

/** Runs the tests that the rules carry. What runs them is loaded only when a load asks for it. */
export async function testGate(loaded: LoadResult): Promise<LoadResult> {
  const { requireTests } = await import('../replay/rule-tests.js');
  return requireTests(loaded, new TimeOrderedIds());
}
