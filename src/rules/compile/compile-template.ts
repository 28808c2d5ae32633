import { filters, tags } from 'liquidjs';
import type { AlertTemplate } from '../../domain/rule-set.js';
import { compileTemplate, type Template, type TemplateTree } from '../../domain/alerting/template.js';
import { reportBlockFaults } from './check-blocks.js';
import { reportUnknownVariables, type ScopeKind } from './template-names.js';
import type { TemplateSection } from '../schema/rules-document.js';
import { suggest } from '../nearest.js';
import type { Fault, Place } from '../problem.js';

const ofWindow = `{{ rule.name }}: {{ window.count }}{% if window.key != '' %} for {{ window.key }}{% endif %}`;
const ofEvent = '{{ event.description | default: event.type_name }} [type: {{ event.type }}]';
const time = `date: '%Y-%m-%d %H:%M:%S UTC'`;

/**
 * How alerts read when the rules file has no template. For a rule with a window they describe the window, since what the last
 * event says is true of that event only.
 */
const builtIn: TemplateSection = {
  title: `{% if window %}${ofWindow}{% else %}${ofEvent}{% endif %}`,
  fields: {
    'Among them': `{{ window.values | slice: 0, 10 | join: ', ' }}{% if window.values.size > 10 %}, …{% endif %}`,
    Span: `{{ window.first | ${time} }}{% if window.last != window.first %} to {{ window.last | ${time} }}{% endif %}`,
    User: '{{ event.user_name | default: event.user_id }}',
    IP: '{{ event.ip }}',
    Application: '{{ event.client_name | default: event.client_id }}',
    Connection: '{{ event.connection }}',
    Tenant: '{{ event.tenant_name }}',
  },
};

export function builtInTemplate(): AlertTemplate {
  return compileAlertTemplate(builtIn, (fault) => {
    throw new Error(`the built-in template does not compile: ${fault.message}`);
  });
}

/** Compiles a template section; a title it lacks is the built-in one. */
export function compileAlertTemplate(
  section: TemplateSection,
  report: (fault: Fault) => void,
): AlertTemplate {
  const title = liquid(section.title ?? (builtIn.title as string), ['title'], report);
  const text =
    section.text === undefined || section.text === null ? undefined : liquid(section.text, ['text'], report);
  const fields = Object.entries(section.fields ?? {}).map(
    ([name, source]) => [name, liquid(String(source), ['fields', name], report)] as const,
  );
  reportBlockFaults(section.blocks ?? [], ['blocks'], report);
  const blocks = section.blocks?.map((block, index) => tree(block, ['blocks', index], report));
  return { title, text, fields, blocks };
}

/**
 * Compiles one Liquid text; when it can't be, reports why and gives the text itself.
 *
 * @param scope what it is rendered with
 */
export function liquid(
  source: string,
  at: Place,
  report: (fault: Fault) => void,
  scope: ScopeKind = 'alert',
): Template {
  const compiled = compileTemplate(source);
  if (compiled.ok) {
    reportUnknownVariables(source, at, scope, report);
    return compiled.template;
  }
  report({
    code: 'invalid-template',
    at,
    within: { line: compiled.line, column: compiled.column },
    message: `this Liquid can't be read: ${compiled.message}`,
    hint: liquidHint(compiled.message),
  });
  return { source, render: () => [source] };
}

/** liquidjs says which name it does not know only in its message. */
function liquidHint(message: string): string {
  const [, filter] = /^undefined filter: (\S+)/.exec(message) ?? [];
  if (filter !== undefined) return suggest(filter, Object.keys(filters), 'take one of liquidjs.com/filters');
  const [, tag] = /^tag "(.+)" not found/.exec(message) ?? [];
  if (tag?.startsWith('end')) return `take it out, or open the {% ${tag.slice('end'.length)} %} it closes`;
  if (tag !== undefined) return suggest(tag, Object.keys(tags), 'take one of liquidjs.com/tags');
  if (message.startsWith('tag ')) return 'close it: {% if … %}…{% endif %}';
  return 'write {{ event.name }} for a value, {% if … %}…{% endif %} for a condition';
}

function tree(node: unknown, at: Place, report: (fault: Fault) => void): TemplateTree {
  if (typeof node === 'string') return { template: liquid(node, at, report) };
  if (Array.isArray(node)) return { items: node.map((item, index) => tree(item, [...at, index], report)) };
  if (node !== null && typeof node === 'object') {
    return {
      entries: Object.entries(node).map(
        ([name, value]) => [name, tree(value, [...at, name], report)] as const,
      ),
    };
  }
  return { literal: node as number | boolean | null };
}
