import type { WindowInfo } from '../../domain/windows/window-info.js';
import type { ruleScope } from '../../domain/alerting/render-alert.js';
import { variablesOf, type TemplateVariable } from '../../domain/alerting/template-variables.js';
import { nearest, suggest } from '../nearest.js';
import type { Fault, Place } from '../problem.js';

/** What a template is rendered with: all of an alert, or its event alone, as keys are. */
export type ScopeKind = 'alert' | 'event';

const ruleNames = Object.keys({
  id: true,
  name: true,
  severity: true,
  description: true,
  tags: true,
  owner: true,
} satisfies Record<keyof ReturnType<typeof ruleScope>, true>);

const windowNames = Object.keys({
  count: true,
  values: true,
  steps: true,
  first: true,
  last: true,
  firstAt: true,
  lastAt: true,
  key: true,
  samples: true,
} satisfies Record<keyof WindowInfo, true>);

const roots: Readonly<Record<ScopeKind, readonly string[]>> = {
  alert: ['event', 'rule', 'window'],
  event: ['event'],
};
const namesBelow: Readonly<Record<string, readonly string[]>> = { rule: ruleNames, window: windowNames };

/** Reports the names in a template that its scope never has, so that they would always come out empty. */
export function reportUnknownVariables(
  source: string,
  at: Place,
  scope: ScopeKind,
  report: (fault: Fault) => void,
): void {
  for (const variable of variablesOf(source)) {
    const found = unknown(variable, scope);
    const { line, column } = variable;
    if (found !== undefined) report({ code: 'unknown-variable', at, within: { line, column }, ...found });
  }
}

function unknown(
  { steps: [root = '', name] }: TemplateVariable,
  scope: ScopeKind,
): { readonly message: string; readonly hint: string } | undefined {
  if (!roots[scope].includes(root)) {
    if (roots.alert.includes(root)) {
      return {
        message: `"${root}" is not available in a key: a key is made of the event alone`,
        hint: 'write {{ event.name }}; alerts of different rules never share a key',
      };
    }
    const outer = root === 'data' ? 'event' : nearest(root, roots[scope]);
    const meant = name !== undefined && outer !== undefined ? `${outer}.${name}` : `event.${root}`;
    return {
      message: `there is no "${root}" in a template`,
      hint: `write {{ ${meant} }}; ${scope === 'alert' ? 'a template sees event, rule and window' : 'a key is made of event'}`,
    };
  }
  const names = namesBelow[root];
  if (names === undefined || name === undefined || names.includes(name)) return undefined;
  return {
    message: `there is no "${root}.${name}" in a template`,
    hint: suggest(name, names, `write one of: ${names.join(', ')}`),
  };
}
