/** Merges `change` into `base` deeply: mappings are merged key by key, anything else is replaced. Neither is altered. */
export function mergeDeep(base: unknown, change: unknown): unknown {
  if (!isMapping(base) || !isMapping(change)) return change;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change)) {
    merged[key] = Object.hasOwn(base, key) ? mergeDeep(base[key], value) : value;
  }
  return merged;
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
