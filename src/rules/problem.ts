import type { MatchFaultCode } from '../domain/match/compile-match.js';

/** Every code a rules problem can have. The codes are stable; docs/errors.md explains each. */
export const problemCodes = [
  'unreadable-file',
  'invalid-yaml',
  'unknown-key',
  'missing-key',
  'invalid-value',
  'invalid-regex',
  'invalid-template',
  'invalid-where',
  'unknown-operator',
  'unknown-list',
  'unknown-category',
  'unknown-channel',
  'unknown-template',
  'unknown-rule',
  'duplicate-rule',
  'missing-variable',
] as const satisfies readonly (MatchFaultCode | string)[];
export type ProblemCode = (typeof problemCodes)[number];

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

/** A problem whose place is still given as steps of keys and indexes into one file's document. */
export interface Fault {
  readonly code: ProblemCode;
  readonly at: readonly (string | number)[];
  /** `key`: the place is the last key itself, not what it holds. */
  readonly target?: 'key' | 'value';
  readonly message: string;
  readonly hint: string;
}
