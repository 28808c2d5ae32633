import type { Lists } from '../../domain/matching/list.js';
import type { CompiledRule } from '../compile/unreachable-rules.js';
import { nearest } from '../nearest.js';
import type { Place, Problem } from '../problem.js';
import type { RulesSource } from '../yaml/read-sources.js';
import { isObject } from '../../domain/json-value.js';

/** Where a rule names a list. */
interface ListUse {
  readonly name: string;
  readonly at: Place;
}

/**
 * Reports lists that say nothing: empty ones that a rule asks, and ones that no rule asks while their name is nearly that of
 * a list that some rule does. A list that is written as `[]` waits to be filled in, which is no fault; that of a file which
 * holds nothing more is.
 */
export function reportLists(
  sources: readonly RulesSource[],
  compiled: readonly CompiledRule[],
  { lists, faultyLists }: { readonly lists: Lists; readonly faultyLists: ReadonlySet<string> },
  report: (problem: Problem) => void,
): void {
  const used = new Set<string>();
  for (const { declared } of compiled) {
    const uses = [...usesIn(declared.raw['match'], ['match']), ...usesIn(declared.raw['window'], ['window'])];
    for (const { name } of uses) used.add(name);
    if (declared.section.enabled === false) continue;
    const empty = uses.filter(({ name }) => lists.get(name)?.entries.length === 0 && !faultyLists.has(name));
    const once = new Map(empty.toReversed().map((use) => [use.name, use]));
    for (const { name, at } of [...once.values()].toReversed()) {
      const file = fileOf(name, sources);
      declared.report({
        code: file === undefined ? 'waiting-for-list' : 'empty-list',
        at,
        message:
          file === undefined
            ? `the rule "${declared.section.id}" waits for the list "${name}", which is empty`
            : `the list "${name}" is empty: ${file} holds no entry`,
        hint:
          file === undefined
            ? `fill it in under lists, in your own rules file for a rule that you include: ${name}: [a, b]`
            : 'write one entry a line into it; lines that start with # are left out',
      });
    }
  }
  for (const { places, document } of sources) {
    for (const name of Object.keys(document.lists ?? {}).filter((candidate) => !used.has(candidate))) {
      const meant = nearest(name, used);
      if (meant === undefined || !lists.has(meant)) continue;
      report(
        places.locate({
          code: 'unused-list',
          at: ['lists', name],
          target: 'key',
          message: `no rule uses the list "${name}"`,
          hint: `did you mean "${meant}"?`,
        }),
      );
    }
  }
}

/** The file that the list is read from, where it is, by the source whose list of that name counts. */
function fileOf(name: string, sources: readonly RulesSource[]): string | undefined {
  const list = sources.find(({ document }) => Object.hasOwn(document.lists ?? {}, name))?.document.lists?.[
    name
  ];
  const file = isObject(list) ? list['file'] : undefined;
  return typeof file === 'string' ? file : undefined;
}

/** Every list named by `inList`, as an operator of `fields` or of a condition of `where`. */
function usesIn(form: unknown, at: Place): readonly ListUse[] {
  if (Array.isArray(form)) return form.flatMap((entry, index) => usesIn(entry, [...at, index]));
  if (!isObject(form)) return [];
  const { operator, value } = form;
  const asked = typeof operator === 'string' && operator.split(':').at(-1) === 'inList' ? value : undefined;
  return [
    ...(typeof asked === 'string' ? [{ name: asked, at: [...at, 'value'] }] : []),
    ...Object.entries(form).flatMap(([key, entry]): readonly ListUse[] =>
      key === 'inList' && typeof entry === 'string'
        ? [{ name: entry, at: [...at, key] }]
        : usesIn(entry, [...at, key]),
    ),
  ];
}
