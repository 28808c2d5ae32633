import { typesWithFields } from '../domain/catalogue/event-fields.js';
import { splitPath } from '../domain/matching/field-path.js';
import { isOddPath } from '../rules/lint/odd-paths.js';
import { reportSuspiciousLiterals } from '../rules/lint/suspicious-literals.js';
import { unknownField } from '../rules/lint/unknown-field.js';
import type { Fault } from '../rules/problem.js';
import type { SilenceMatcher } from '../domain/alerting/silence.js';
import type { RuleSet } from '../domain/rule-set.js';
import type { SilenceProblem } from './silence-view.js';

/**
 * What is valid in a silence and probably not meant: a path that no event has, a text that looks like a range, a regex or a
 * path and is compared as it stands, and what no rule in force has. To be imported when it is needed: what is known of
 * Auth0's events is large.
 */
export function silenceWarnings(
  { fields = {}, severity, tags = [], owner }: SilenceMatcher,
  { rules }: RuleSet,
): readonly SilenceProblem[] {
  const warnings: SilenceProblem[] = [];
  const report = ({ code, at, message, hint }: Pick<Fault, 'code' | 'at' | 'message' | 'hint'>): void =>
    void warnings.push({ code, at: at.join('.'), message, hint });
  reportSuspiciousLiterals({ fields: { ...fields } }, [], report);
  for (const path of Object.keys(fields)) {
    const unknown = isOddPath(path) ? undefined : unknownField(splitPath(path), typesWithFields());
    if (unknown !== undefined)
      report({
        ...unknown,
        at: ['fields', path],
        hint: unknown.hint.replace(/,? or write lint:.*$/, ''),
      });
  }
  const matchesNone = (at: string, what: string): void =>
    report({
      code: 'never-matches',
      at: [at],
      message: `no rule in force ${what}, so that nothing is silenced until one has`,
      hint: 'GET /admin/rules lists the rules',
    });
  if (severity !== undefined && !rules.some((rule) => severity.includes(rule.severity)))
    matchesNone('severity', `has the severity ${severity.join(' or ')}`);
  if (!rules.some((rule) => tags.every((tag) => rule.tags.includes(tag))))
    matchesNone('tags', `has the tags ${tags.join(', ')}`);
  if (owner !== undefined && !rules.some((rule) => rule.owner === owner))
    matchesNone('owner', `has the owner ${owner}`);
  return warnings;
}
