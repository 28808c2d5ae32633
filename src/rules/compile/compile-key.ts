import type { KeyPart } from '../../domain/key.js';
import { splitPath } from '../../domain/matching/field-path.js';
import { liquid } from './compile-template.js';
import type { Fault, Place } from '../problem.js';

/** Compiles `by`: each entry is a path into the event, or a Liquid text. */
export function compileKey(
  by: readonly string[] | undefined | null,
  at: Place,
  report: (fault: Fault) => void,
): readonly KeyPart[] {
  return (by ?? []).map((entry, index): KeyPart =>
    /\{[{%]/.test(entry)
      ? { kind: 'template', template: liquid(entry, [...at, index], report, 'event') }
      : { kind: 'path', steps: splitPath(entry) },
  );
}
