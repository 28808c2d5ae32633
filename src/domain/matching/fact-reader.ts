import { isObject } from '../json-value.js';
import type { Reader } from './match-types.js';

const simpleName = /^[A-Za-z]\w*$/;
const simplePath = /^\$(?:\.[A-Za-z]\w*)+$/;
const leafKeys = ['fact', 'path', 'operator', 'value', 'name'];

/** How a condition reads its value, when that takes no more than own properties on a plain path. */
export function factReader(form: Record<string, unknown>): Reader | undefined {
  const { fact, path } = form;
  if (Object.keys(form).some((key) => !leafKeys.includes(key))) return undefined;
  if (typeof fact !== 'string' || !simpleName.test(fact)) return undefined;
  const own: Reader['read'] =
    fact === 'event' ? (data) => data : (data) => (Object.hasOwn(data, fact) ? data[fact] : undefined);
  if (path === undefined && !('path' in form)) return { reader: `fact ${fact}`, read: own };
  if (typeof path !== 'string' || !simplePath.test(path)) return undefined;
  const steps = path.split('.').slice(1);
  return { reader: `fact ${fact} ${path}`, read: (data) => follow(own(data), steps) };
}

/** A path into what is no object leads to that value itself, as json-rules-engine's almanac has it. */
function follow(value: unknown, steps: readonly string[]): unknown {
  if (value === null || typeof value !== 'object') return value;
  let current: unknown = value;
  for (const step of steps) {
    if (!isObject(current) || !Object.hasOwn(current, step)) return undefined;
    current = current[step];
  }
  return current;
}
