import type { Place } from '../problem.js';

/**
 * A copy of plain data that lacks what is at the places. A list keeps its indexes: an entry that is left out is a hole,
 * which `map`, `flatMap` and `forEach` pass over.
 */
export function withoutPlaces<T>(value: T, places: readonly Place[]): T;
export function withoutPlaces(value: unknown, places: readonly Place[]): unknown {
  if (places.length === 0 || value === null || typeof value !== 'object') return value;
  const below = new Map<string, Place[]>();
  for (const [step, ...rest] of places) {
    if (step !== undefined) below.set(String(step), [...(below.get(String(step)) ?? []), rest]);
  }
  const kept = (key: string): boolean => !below.get(key)?.some((rest) => rest.length === 0);
  if (Array.isArray(value)) {
    const copy: unknown[] = Array.from({ length: value.length });
    for (const index of value.keys()) {
      const key = String(index);
      if (kept(key)) copy[index] = withoutPlaces(value[index], below.get(key) ?? []);
      else delete copy[index];
    }
    return copy;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => kept(key))
      .map(([key, entry]) => [key, withoutPlaces(entry, below.get(key) ?? [])]),
  );
}
