import { splitPath } from '../../domain/matching/field-path.js';
import { Redactor, type Redaction } from '../../domain/redaction.js';
import { fingerprintWith } from '../../app/fingerprint.js';
import type { Fault, Place, Problem } from '../problem.js';
import type { RulesSource } from '../yaml/read-sources.js';
import type { Surroundings } from './expand-variables.js';

/** What events are found by, and what rules, windows and templates need to read. */
const neverRedacted: ReadonlySet<string> = new Set(['log_id', 'type', 'date']);

/** Compiles `redact` of all files, in which the including file's own lines win, and gives what they say together. */
export function compileRedactions(
  sources: readonly RulesSource[],
  surroundings: Surroundings,
  report: (problem: Problem) => void,
): { readonly redactor: Redactor; readonly written: Readonly<Record<string, Redaction>> } {
  const written: Record<string, Redaction> = {};
  for (const { places, document, faulty } of sources.toReversed()) {
    if (document.redact === undefined || faulty.some(([section]) => section === 'redact')) continue;
    compileRedaction(document.redact ?? {}, ['redact'], surroundings, (fault) =>
      report(places.locate(fault)),
    );
    Object.assign(written, document.redact);
  }
  return { redactor: compileRedaction(written, ['redact'], surroundings, () => undefined), written };
}

/** Compiles `redact`, the router's or a channel's. */
export function compileRedaction(
  section: Readonly<Record<string, Redaction>>,
  at: Place,
  { redactKey }: Surroundings,
  report: (fault: Fault) => void,
): Redactor {
  for (const path of Object.keys(section)) {
    if (!neverRedacted.has(path)) continue;
    report({
      code: 'invalid-value',
      at: [...at, path],
      target: 'key',
      message: `"${path}" of an event can't be redacted: the router finds and orders events by it`,
      hint: 'remove the line',
    });
  }
  const [hashed] = Object.entries(section).find(([, redaction]) => redaction === 'hash') ?? [];
  if (hashed !== undefined && redactKey === undefined) {
    report({
      code: 'missing-variable',
      at: [...at, hashed],
      message: '"hash" needs REDACT_KEY, and the environment has none',
      hint: 'set REDACT_KEY to a long random text, such as openssl rand -hex 32 prints, and keep it',
    });
  }
  const fields = Object.entries(section).map(([path, redaction]) => ({ steps: splitPath(path), redaction }));
  return new Redactor(fields, fingerprintWith(redactKey, 'hex'));
}
