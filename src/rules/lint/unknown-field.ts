import { fieldOf, pathsOf, typesWithFields } from '../../domain/catalogue/event-fields.js';
import { nearest } from '../nearest.js';
import type { Fault } from '../problem.js';

/** How many event types a sentence names. */
const maxTypes = 3;

/** Whether an event of one of the types can have the path. */
export function isKnownField(steps: readonly string[], types: readonly string[]): boolean {
  return types.some((type) => fieldOf(type, steps).kind !== 'absent');
}

/**
 * The warning that events of none of the types have the path; undefined where some do.
 *
 * @param types whose fields are all known
 */
export function unknownField(
  steps: readonly string[],
  types: readonly string[],
): Pick<Fault, 'code' | 'message' | 'hint'> | undefined {
  if (isKnownField(steps, types)) return undefined;
  const path = steps.join('.');
  return {
    code: 'unknown-field',
    message: `${subject(types)} "${path}", by the schemas that Auth0 publishes`,
    hint: hintFor(path, steps, types),
  };
}

function subject(types: readonly string[]): string {
  if (types.length === typesWithFields().length) return 'no event has a field';
  if (types.length > maxTypes) return `none of the ${types.length} event types here has a field`;
  return `${eventsOf(types)} have no field`;
}

function eventsOf(types: readonly string[]): string {
  return `events of type ${types.join(', ')}`;
}

function hintFor(path: string, steps: readonly string[], types: readonly string[]): string {
  const others = typesWithFields().filter((type) => fieldOf(type, steps).kind === 'values');
  const meant = nearestPath(path, [...new Set(types.flatMap((type) => pathsOf(type)))]);
  const question = meant === undefined ? [] : [`did you mean "${meant}"?`];
  if (others.length > 0 && others.length <= maxTypes) question.push(`${eventsOf(others)} have "${path}"`);
  else if (others.length > 0) question.push(`${others.length} other event types have "${path}"`);
  return question.length > 0 ? question.join(' ') : wayOut(steps, types);
}

/** The path that differs least; else one that ends as it does or that it ends with, as `error.message` or `data.ip` do. */
function nearestPath(path: string, paths: readonly string[]): string | undefined {
  const depth = path.split('.').length;
  const near = nearest(
    path,
    paths.filter((candidate) => candidate.split('.').length === depth),
  );
  return (
    near ??
    paths.find((candidate) => candidate.endsWith(`.${path}`)) ??
    paths.findLast((candidate) => path.endsWith(`.${candidate}`)) ??
    nearest(path, paths)
  );
}

/** The first part of the path that is not known. */
function wayOut(steps: readonly string[], types: readonly string[]): string {
  const turnOff = 'lint: { unknown-field: off } in the rule if Auth0 sends it';
  const known = steps.findLastIndex((_step, index) => isKnownField(steps.slice(0, index + 1), types)) + 1;
  const prefix = steps
    .slice(0, known)
    .map((step) => `${step}.`)
    .join('');
  const below = types
    .flatMap((type) => pathsOf(type))
    .filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('.'));
  const names = [...new Set(below)].filter((path) => !path.startsWith('$'));
  if (prefix === '' || names.length === 0 || names.length > 15)
    return `correct the path, or write ${turnOff}`;
  return `take one of ${names.join(', ')}, or write ${turnOff}`;
}
