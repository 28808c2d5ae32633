import type { AlertTemplate } from '../../domain/rule-set.js';
import type { Template, TemplateTree } from '../../domain/alerting/template.js';
import { asksForWindow, variablesOf } from '../../domain/alerting/template-variables.js';
import type { Fault } from '../problem.js';

/**
 * The property of `window` that the template uses unconditionally, if any. One that tests for the window first may be used by rules
 * with and without one.
 */
export function windowNameIn({ title, text, fields, blocks }: AlertTemplate): string | undefined {
  const templates = [
    title,
    ...(text === undefined ? [] : [text]),
    ...fields.map(([, value]) => value),
    ...(blocks ?? []).flatMap(templatesIn),
  ];
  for (const { source } of templates) {
    if (!source.includes('window') || asksForWindow(source)) continue;
    const found = variablesOf(source).find(({ steps }) => steps[0] === 'window');
    if (found !== undefined) return found.steps.slice(0, 2).join('.');
  }
  return undefined;
}

/** @param written whether the rule names the template itself */
export function windowFault(
  { id, template, written }: { readonly id: string; readonly template: string; readonly written: boolean },
  name: string,
): Fault {
  return {
    code: 'unknown-variable',
    at: [written ? 'template' : 'id'],
    message: `the template "${template}" shows ${name}, and the rule "${id}" has no window`,
    hint: 'add a window to the rule, name another template, or put {% if window %}…{% endif %} around it',
  };
}

function templatesIn(tree: TemplateTree): readonly Template[] {
  if ('template' in tree) return [tree.template];
  if ('items' in tree) return tree.items.flatMap(templatesIn);
  return 'entries' in tree ? tree.entries.flatMap(([, node]) => templatesIn(node)) : [];
}
