import { loadRules } from '../../src/rules/load-rules.js';
import { problemLines } from '../../src/rules/problem.js';
import type { RuleSet } from '../../src/domain/rule-set.js';

/** The rule set that a rules file of this text makes. It must be valid. */
export async function loadedRules(yaml: string, variables: Record<string, string> = {}): Promise<RuleSet> {
  const loaded = await loadRules('rules.yaml', { variables }, yaml);
  if (!loaded.ok) throw new Error(problemLines(loaded.problems).join('\n'));
  return loaded.rules;
}
