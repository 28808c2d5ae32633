import { typesWithFields } from '../../domain/catalogue/event-fields.js';
import { eventPathsIn, type TemplatePath } from '../../domain/alerting/template-paths.js';
import type { NamedTemplate } from '../compile/compile-rule.js';
import type { CompiledRule } from '../compile/unreachable-rules.js';
import type { TemplateSection } from '../schema/rules-document.js';
import type { Fault, Place, Problem } from '../problem.js';
import type { RulesSource } from '../yaml/read-sources.js';
import { ruleTypes } from './rule-types.js';
import { isKnownField, unknownField } from './unknown-field.js';

/** What templates see of an event beside what Auth0 sent. */
const added = ['type_name', 'category'];

/** Names that Liquid knows of texts and lists. */
const liquidNames = ['size', 'first', 'last'];

/**
 * Warns of every path of a template that events of no rule that uses it have. A template that no rule uses may see events
 * of every type.
 */
export function lintTemplates(
  sources: readonly RulesSource[],
  templates: ReadonlyMap<string, NamedTemplate>,
  rules: readonly CompiledRule[],
  report: (problem: Problem) => void,
): void {
  for (const [name, { compiled }] of templates) {
    const source = sources.find(({ document }) => document.templates?.has(name));
    const section = source?.document.templates?.get(name);
    if (source === undefined || section === undefined) continue;
    const users = rules.filter(({ rule }) => rule.template === compiled);
    const types = typesSeen(users);
    if (types === undefined) continue;
    const reportBelow = (fault: Fault): void =>
      report(source.places.locate({ ...fault, at: ['templates', name, ...fault.at] }));
    for (const [text, at] of textsOf(section)) lintText(text, at, types, reportBelow);
  }
}

/** Warns of every path of a Liquid text that is rendered with an alert's event. */
export function lintText(
  text: string,
  at: Place,
  types: readonly string[],
  report: (fault: Fault) => void,
): void {
  for (const { steps, ...within } of eventPathsIn(text)) {
    const read = { steps: withoutLiquidNames(steps, types), ...within };
    const warning = isAdded(read) ? undefined : unknownField(read.steps, types);
    if (warning !== undefined) report({ ...warning, at, within });
  }
}

function isAdded({ steps: [name = '', ...below] }: TemplatePath): boolean {
  return below.length === 0 && added.includes(name);
}

/** `event.details.list.first.name` reads an element's name, and `event.user_name.size` the name. */
function withoutLiquidNames(steps: readonly string[], types: readonly string[]): readonly string[] {
  if (isKnownField(steps, types)) return steps;
  const others = steps.filter((step, index) => index === 0 || !liquidNames.includes(step));
  return isKnownField(others, types) ? others : steps;
}

/** The types of events that any of the rules sees; undefined where that may be one of which nothing is known. */
function typesSeen(users: readonly CompiledRule[]): readonly string[] | undefined {
  if (users.length === 0) return typesWithFields();
  const wanting = users.filter(({ declared }) => declared.section.lint?.['unknown-field'] !== 'off');
  const seen = wanting.map(({ declared }) => ruleTypes(declared.section).alerting.typesWithKnownFields());
  const known = seen.filter((types) => types !== undefined);
  if (known.length === 0 || known.length < seen.length) return undefined;
  return [...new Set(known.flat())];
}

function textsOf({ title, text, fields, blocks }: TemplateSection): readonly (readonly [string, Place])[] {
  return textsBelow({ title, text, fields, blocks }, []);
}

function textsBelow(node: unknown, at: Place): readonly (readonly [string, Place])[] {
  if (typeof node === 'string') return [[node, at]];
  if (Array.isArray(node)) return node.flatMap((item, index) => textsBelow(item, [...at, index]));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, item]) => textsBelow(item, [...at, name]));
}
