import { isObject } from '../../domain/json-value.js';

/** Merges `change` into `base` deeply: mappings are merged key by key, anything else is replaced. Neither is altered. */
export function mergeDeep(base: unknown, change: unknown): unknown {
  if (!isObject(base) || !isObject(change)) return change;
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(change)) {
    merged.set(key, merged.has(key) ? mergeDeep(merged.get(key), value) : value);
  }
  return Object.fromEntries(merged);
}
