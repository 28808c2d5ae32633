import type { Fault, Place } from '../problem.js';

/** Where a name is used that leads into an event: as a key of `fields`, as a value, or as the fact of a condition. */
export type NameKind = 'key' | 'value' | 'fact';

/**
 * Reports a path that is written as other tools write them: from the whole of the log entry (`data.user_name`), as JSONPath,
 * as a JSON pointer, or with brackets. It leads nowhere here, since paths are dotted and start inside `data`.
 */
export function reportOddPath(path: string, at: Place, report: (fault: Fault) => void, kind: NameKind): void {
  const meant = usualForm(path, kind);
  if (meant === undefined || meant === path || meant === '') return;
  const [fact = '', ...steps] = meant.split('.');
  const written =
    kind !== 'fact'
      ? meant
      : steps.length === 0
        ? `fact: ${fact}`
        : `fact: ${fact}, path: $.${steps.join('.')}`;
  report({
    code: 'suspicious-literal',
    at,
    target: kind === 'key' ? 'key' : 'value',
    message:
      kind === 'fact'
        ? `the fact ${JSON.stringify(path)} is never there: facts are the names inside data`
        : `the path ${JSON.stringify(path)} leads nowhere: paths are dotted and start inside data`,
    hint: `write ${written}`,
  });
}

/** Whether {@link reportOddPath} reports the path in `fields`, or as an entry of `by`. */
export function isOddPath(path: string): boolean {
  const meant = usualForm(path, 'value');
  return meant !== undefined && meant !== path && meant !== '';
}

function usualForm(path: string, kind: NameKind): string | undefined {
  const odd = /^(\$|data\.|event\.|\.|\/)|\[|\]/.test(path) || (kind === 'fact' && path.includes('.'));
  if (!odd || /[\s{}]/.test(path)) return undefined;
  return path
    .replace(/\[\s*['"]?([^'"\]]+)['"]?\s*\]/g, '.$1')
    .replace(/^\//, '')
    .replaceAll('/', '.')
    .replace(/^\$?\.*/, '')
    .replace(/^(data|event)\.+/, '');
}
