import { loadRules } from '../../src/rules/load-rules.js';
import type { Problem } from '../../src/rules/problem.js';

/**
 * What is wrong with a rules file, by all checks: of one rule that says this, beside what stands in the file, or without a
 * rule of what stands there.
 */
export async function lintedRules(rule: string, beside = ''): Promise<readonly Problem[]> {
  const rules = rule === '' ? '' : `rules: [{ id: linted, ${rule} }]\n`;
  const text = `version: 1\n${beside}\nchannels: { security: { console: true } }\ndefaults: { channels: [security] }\n${rules}`;
  const loaded = await loadRules('rules.yaml', {}, text, 'error', 'all');
  return [...(loaded.ok ? [] : loaded.problems), ...loaded.warnings];
}
