import { createHash } from 'node:crypto';
import type { Lists } from '../../domain/matching/list.js';
import { isObject } from '../../domain/json-value.js';

/** What a rule means: as written, and what that refers to. */
export interface RuleMeaning {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly severity: string;
  readonly channels: readonly string[];
  /** The template as written, or its name where it is built in. */
  readonly template: unknown;
}

/** Changes when anything that the rule means changes, and with nothing else. */
export function hashRule(meaning: RuleMeaning, lists: Lists): string {
  const texts = new Set(textsIn([meaning.raw['match'], meaning.raw['window']]));
  const used = [...lists].filter(([name]) => texts.has(name)).map(([name, { entries }]) => [name, entries]);
  // Tests say what the rule means, and don't change it; `lint` is about the file.
  const { tests: _tests, lint: _lint, ...raw } = meaning.raw;
  return hashOf([raw, meaning.severity, meaning.channels, meaning.template, used]);
}

export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** Every text in a match: a list that is named nowhere among them can't matter to it. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item));
  return isObject(value) ? Object.values(value).flatMap((item) => textsIn(item)) : [];
}
