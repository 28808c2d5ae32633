import { lookOf, looksLikeRange } from '../../domain/matching/literal-look.js';
import { isSlashedRegex } from '../../domain/matching/pattern.js';
import type { MatchSection } from '../schema/match-section.js';
import type { Fault, Place } from '../problem.js';
import { reportOddPath } from './odd-paths.js';
import { isObject } from '../../domain/json-value.js';

type Report = (fault: Fault) => void;

/** How texts are compared in one place, and how another operator is written there. */
interface Site {
  readonly comparison: Comparison;
  readonly operator: (name: string, operand: string) => string;
}

/** How a text is compared: with the forms of `fields`, to the letter, or as a part of the other text. */
type Comparison = 'forms' | 'literal' | 'part';

const operators: Readonly<Record<string, Comparison>> = {
  equals: 'literal',
  in: 'literal',
  startsWith: 'part',
  endsWith: 'part',
  contains: 'part',
  matches: 'literal',
};
const nested: readonly string[] = ['not', 'any', 'all'];
/** Operators of json-rules-engine. */
const whereOperators: Readonly<Record<string, Comparison>> = {
  ...operators,
  equal: 'part',
  notEqual: 'part',
  notIn: 'part',
  doesNotContain: 'part',
};

/** Reports texts of a match that are compared literally and look like something else: a range, a regex, a path. */
export function reportSuspiciousLiterals(match: MatchSection, at: Place, report: Report): void {
  for (const [path, form] of Object.entries(match.fields ?? {})) {
    const place = [...at, 'fields', path];
    reportOddPath(path, place, report, 'key');
    inForm(form, place, report);
  }
  if (match.where) inCondition(match.where, [...at, 'where'], report);
  if (match.except) reportSuspiciousLiterals(match.except, [...at, 'except'], report);
}

function inForm(form: unknown, at: Place, report: Report): void {
  if (!isObject(form)) {
    inOperand(form, { comparison: 'forms', operator: asKey }, at, report);
    return;
  }
  for (const [name, operand] of Object.entries(form)) {
    const comparison = operators[name];
    if (nested.includes(name)) inForm(operand, [...at, name], report);
    else if (comparison !== undefined)
      inOperand(operand, { comparison, operator: asKey }, [...at, name], report);
  }
}

function inOperand(operand: unknown, site: Site, at: Place, report: Report): void {
  if (Array.isArray(operand)) operand.forEach((entry, index) => inText(entry, site, [...at, index], report));
  else inText(operand, site, at, report);
}

function asKey(name: string, operand: string): string {
  return `${name}: ${operand}`;
}

function inWhere(name: string, operand: string): string {
  return `operator: ${name}, value: ${operand}`;
}

function inCondition(condition: unknown, at: Place, report: Report): void {
  if (!isObject(condition)) return;
  for (const group of ['all', 'any'] as const) {
    const inner = condition[group];
    if (Array.isArray(inner))
      inner.forEach((entry, index) => inCondition(entry, [...at, group, index], report));
  }
  inCondition(condition['not'], [...at, 'not'], report);
  const { fact, operator, value } = condition;
  if (typeof fact === 'string') reportOddPath(fact, [...at, 'fact'], report, 'fact');
  const comparison =
    typeof operator === 'string' ? whereOperators[operator.split(':').at(-1) ?? ''] : undefined;
  if (comparison !== undefined) inOperand(value, { comparison, operator: inWhere }, [...at, 'value'], report);
}

function inText(text: unknown, { comparison, operator }: Site, at: Place, report: Report): void {
  if (typeof text !== 'string') return;
  const warn = (looks: string, hint: string): void =>
    report({
      code: 'suspicious-literal',
      at,
      message: `${JSON.stringify(text)} is compared as a text, and looks like ${looks}`,
      hint,
    });
  const forms = comparison === 'forms';
  if (looksLikeRange(text)) {
    const several = text.includes('-');
    const cidr = operator('cidr', several ? "'203.0.113.0/24'" : quoted(text));
    warn('a range of addresses', `write ${several ? 'each range as ' : ''}${forms ? `{ ${cidr} }` : cidr}`);
    return;
  }
  // Operators that take a text literally are the way to say that it is meant literally.
  if (comparison === 'literal') return;
  const inSlashes = comparison === 'part' && isSlashedRegex(text) && lookOf(bare(text)) === 'regex';
  const look = inSlashes ? 'regex' : lookOf(text);
  if (look === 'regex') {
    const regex = operator('matches', quoted(inSlashes ? text : bare(text)));
    const literal = operator('equals', quoted(text));
    warn(
      'a regex',
      forms ? `write ${quoted(`/${bare(text)}/`)}, or { ${literal} } for the text itself` : `write ${regex}`,
    );
  }
  if (look === 'path' && forms) {
    warn(
      'a path into the event',
      'write the value itself; one field is compared with another in where, with value: { fact: name }',
    );
  }
}

/** The pattern of a text that has slashes and flags that are none around it. */
function bare(text: string): string {
  return /^\/(.+)\/\w*$/s.exec(text)?.[1] ?? text;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
