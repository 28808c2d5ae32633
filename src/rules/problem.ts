import type { MatchFaultCode } from '../domain/matching/compile-match.js';

/** Every code a rules problem can have. The codes are stable; docs/errors.md explains each. */
export const problemCodes = [
  'unreadable-file',
  'invalid-yaml',
  'duplicate-key',
  'unknown-key',
  'missing-key',
  'invalid-value',
  'invalid-regex',
  'invalid-template',
  'invalid-where',
  'missing-variable',
  'forbidden-host',
  'unknown-operator',
  'unknown-list',
  'unknown-category',
  'unknown-channel',
  'unknown-template',
  'unknown-rule',
  'duplicate-rule',
  'unreachable-rule',
  'failing-test',
  'limit-exceeded',
  'check-failed',
  'unknown-event-code',
  'unset-variable',
  'unknown-variable',
  'liquid-not-rendered',
  'invalid-block',
  'variable-not-replaced',
  'plain-secret',
  'suspicious-literal',
  'new-without-learn',
  'empty-include',
  'list-entry',
  'empty-list',
  'unused-list',
  'waiting-for-list',
  'unknown-field',
  'never-matches',
] as const satisfies readonly (MatchFaultCode | string)[];
export type ProblemCode = (typeof problemCodes)[number];

/** The codes of problems that a rules file may have and still be put in force. */
export const warningCodes: readonly ProblemCode[] = [
  'unreachable-rule',
  'unknown-event-code',
  'unknown-field',
  'never-matches',
  'unset-variable',
  'variable-not-replaced',
  'plain-secret',
  'suspicious-literal',
  'new-without-learn',
  'empty-include',
  'list-entry',
  'empty-list',
  'unused-list',
];
/** The codes of what is worth knowing and nothing to mend. */
const noteCodes: readonly ProblemCode[] = ['waiting-for-list'];

/** How grave a problem is: only errors keep rules from being put in force, and a note is no fault at all. */
export type ProblemKind = 'error' | 'warning' | 'note';

export function kindOf(code: ProblemCode): ProblemKind {
  if (noteCodes.includes(code)) return 'note';
  return warningCodes.includes(code) ? 'warning' : 'error';
}

/** Whether a problem of this code keeps the rules from being put in force. */
export function isError(code: ProblemCode): boolean {
  return kindOf(code) === 'error';
}

/** One thing that is wrong in a rules file. Lines and columns count from 1. */
export interface Problem {
  readonly code: ProblemCode;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What is wrong. */
  readonly message: string;
  /** What to write instead. */
  readonly hint: string;
}

/** What was tried of a rules file went beyond what it may take. */
export function limitExceeded(file: string, trying: string, limit: 'time' | 'memory'): Problem {
  return {
    code: 'limit-exceeded',
    file,
    line: 1,
    column: 1,
    message: `${trying} took more ${limit} than it is allowed, and was stopped`,
    hint: 'look for what multiplies: repeat counts in regexes, loops in templates, very many rules, long tests',
  };
}

/** Steps of keys and indexes into one file's document. */
export type Place = readonly (string | number)[];

/** A problem whose place is still given within the document. */
export interface Fault {
  readonly code: ProblemCode;
  readonly at: Place;
  /** `key`: the place is the last key itself, not what it holds. */
  readonly target?: 'key' | 'value';
  /** Where in the text at the place, once YAML's quotes, indentation and escapes are gone. Both count from 1. */
  readonly within?: { readonly line: number; readonly column: number };
  readonly message: string;
  readonly hint: string;
}

/** Problems in the order of the files' text, each once, by their kind. */
export function sortProblems(problems: readonly Problem[]): {
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly notes: readonly Problem[];
} {
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  const ordered = [...once.values()].toSorted(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column,
  );
  const ofKind = (kind: ProblemKind) => ordered.filter(({ code }) => kindOf(code) === kind);
  return { errors: ofKind('error'), warnings: ofKind('warning'), notes: ofKind('note') };
}

/** Problems as a person reads them in a terminal, two lines each. */
export function problemLines(problems: readonly Problem[]): string[] {
  return problems.flatMap(({ file, line, column, code, message, hint }) => [
    `  ${file}:${line}:${column} ${message} [${code}]`,
    `      ${hint}`,
  ]);
}
