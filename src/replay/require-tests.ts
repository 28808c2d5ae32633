import type { Ids } from '../domain/stores.js';
import type { LoadResult } from '../rules/load-rules.js';
import { runRuleTests } from './rule-tests.js';

/** A load that is good only if its tests are: those that fail are its problems then. */
export async function requireTests(loaded: LoadResult, ids: Ids): Promise<LoadResult> {
  if (!loaded.ok) return loaded;
  const results = await runRuleTests(await loaded.testSuites(), ids);
  const problems = results.flatMap(({ problem }) => problem ?? []);
  const { warnings, notes, files } = loaded;
  return problems.length === 0 ? loaded : { ok: false, problems, warnings, notes, files };
}
