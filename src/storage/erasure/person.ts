import type { PersonField, Redactor } from '../../domain/redaction.js';
import { oneSpelling } from '../../domain/text.js';

/** Somebody who is to be forgotten. */
export interface Person {
  /** What alerts about them carry. */
  readonly fingerprint: string;
  /** What texts about them have: the value as it was given, in its one spelling, and as `redact` hashes it. */
  readonly words: readonly string[];
}

/** @param redactor that of the rules in force */
export function personOf(field: PersonField, value: string, redactor: Redactor): Person {
  return {
    fingerprint: redactor.person(field, value),
    words: [...new Set([value, oneSpelling(value), redactor.hashed(value)])],
  };
}

/** What a stored JSON text says. A text that is none stands for itself. */
export function parseJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
