import { instanceOf } from '../schema/instance.js';
import { RulesDocument } from '../schema/rules-document.js';
import type { Fault, Place, Problem } from '../problem.js';
import { withoutSecrets } from '../secret-text.js';
import type { RulesSource, SourcesRead } from './read-sources.js';
import type { RulesFolder } from './rules-folder.js';
import type { Places, Position } from './yaml-source.js';

/** What a rules file without faults holds, in a form that one thread can send to another. */
export interface CheckedSource {
  readonly file: string;
  readonly folder: RulesFolder | undefined;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** @param read sources in which no error was found */
export function toChecked({ sources }: SourcesRead): readonly CheckedSource[] {
  return sources.map(({ places, folder, raw }) => ({ file: places.position([]).file, folder, raw }));
}

/** The sources as they were read, except that a place in them is known by its file alone. */
export function fromChecked(checked: readonly CheckedSource[], files: ReadonlySet<string>): SourcesRead {
  const sources = checked.map(({ file, folder, raw }): RulesSource => {
    const document = instanceOf(RulesDocument, { version: 1, ...raw });
    return { places: new ValuePlaces(file, raw), folder, raw, document, faulty: [] };
  });
  return { sources, problems: [], complete: true, files };
}

class ValuePlaces implements Places {
  constructor(
    private readonly file: string,
    private readonly value: unknown,
  ) {}

  locate({ code, message, hint }: Fault): Problem {
    return { code, ...this.position(), message: withoutSecrets(message), hint: withoutSecrets(hint) };
  }

  position(): Position {
    return { file: this.file, line: 1, column: 1 };
  }

  has(at: Place): boolean {
    let value = this.value;
    for (const step of at) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return false;
      value = (value as Readonly<Record<string | number, unknown>>)[step];
    }
    return true;
  }
}
