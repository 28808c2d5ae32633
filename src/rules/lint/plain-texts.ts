import { holdsToken } from '../secret-text.js';
import type { Fault, Place } from '../problem.js';
import { isObject } from '../../domain/json-value.js';

type Report = (fault: Fault) => void;

const variable = /\$\{[A-Z_][A-Z0-9_]*(:-[^}]*)?\}/;
/** A whole output of a name of ours: attackers write other things in braces, which a rule may look for. */
const liquidOfOurs = /\{\{-?\s*(event|rule|window)\.\w/;
const anyLiquid = /\{\{-?\s*[A-Za-z_][\w.]*\s*(\||-?\}\})|\{%-?\s*(if|unless|for|case|assign|capture)\s/;

/** Parts of a rule in which Liquid is rendered, or which hold events, or which have checks of their own. */
const rendered = (at: Place): boolean =>
  at[0] === 'channels' ||
  at[0] === 'tests' ||
  at[0] === 'mention' ||
  at[0] === 'template' ||
  at.at(-2) === 'by';

/** Reports texts of a rule that are taken literally although their author thinks that they are replaced, and tokens. */
export function reportPlainTextsOfRule(raw: Readonly<Record<string, unknown>>, report: Report): void {
  const { tests: _tests, ...rest } = raw;
  for (const { text, at } of textsIn(rest, [])) {
    reportToken(text, at, report);
    if (at[0] !== 'channels' && at[0] !== 'mention') reportVariable(text, at, report);
    const liquid = at[0] === 'match' || at[0] === 'window' ? liquidOfOurs : anyLiquid;
    if (!rendered(at) && liquid.test(text)) report(notRendered(at));
  }
}

/** The same for a section beside the rules. */
export function reportPlainTextsOfSection(section: string, value: unknown, report: Report): void {
  for (const { text, at } of textsIn(value, [section])) {
    reportToken(text, at, report);
    reportVariable(text, at, report);
    if (section === 'lists' && liquidOfOurs.test(text)) report(notRendered(at));
  }
  if (section === 'templates' && value instanceof Map) {
    for (const [name, template] of value as ReadonlyMap<string, unknown>) {
      const fields = isObject(template) && isObject(template['fields']) ? template['fields'] : {};
      for (const label of Object.keys(fields)) {
        if (anyLiquid.test(label))
          report({ ...notRendered([section, name, 'fields', label]), target: 'key' });
      }
    }
  }
}

function reportVariable(text: string, at: Place, report: Report): void {
  const [found] = variable.exec(text) ?? [];
  if (found === undefined) return;
  report({
    code: 'variable-not-replaced',
    at,
    message: `${found} is not replaced here: variables are replaced below channels only`,
    hint: 'write the value itself',
  });
}

function reportToken(text: string, at: Place, report: Report): void {
  if (!holdsToken(text)) return;
  report({
    code: 'plain-secret',
    at,
    message: 'this is a Slack token in plain text, for everybody who reads this file',
    hint: 'take it away, and revoke it in Slack; the router reads it from SLACK_BOT_TOKEN',
  });
}

function notRendered(at: Place): Fault {
  return {
    code: 'liquid-not-rendered',
    at,
    message: 'Liquid is not rendered here, so that its braces would be taken for the text',
    hint: 'Liquid is rendered in templates, in channels of a rule and in by; write plain text here',
  };
}

interface Text {
  readonly text: string;
  readonly at: Place;
}

function textsIn(value: unknown, at: Place): readonly Text[] {
  if (typeof value === 'string') return [{ text: value, at }];
  if (Array.isArray(value)) return value.flatMap((entry, index) => textsIn(entry, [...at, index]));
  if (value instanceof Map) return textsIn(Object.fromEntries(value), at);
  return isObject(value) ? Object.entries(value).flatMap(([key, entry]) => textsIn(entry, [...at, key])) : [];
}
