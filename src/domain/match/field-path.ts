/** What {@link resolvePath} gives for a path that leads nowhere. `null` is a present value; this is not. */
export const missing: unique symbol = Symbol('missing');

/** Splits a dotted path into the steps {@link resolvePath} takes. */
export function splitPath(path: string): readonly string[] {
  return path.split('.');
}

/**
 * Follows the steps into `value`. On an array, a step that is a number takes that element and any other step goes on
 * through every element, so that the result is then the array of all values found, flattened by one level.
 * Only own properties count: `constructor` or `length` lead nowhere.
 */
export function resolvePath(value: unknown, steps: readonly string[], from = 0): unknown {
  let current = value;
  for (let index = from; index < steps.length; index++) {
    const step = steps[index] as string;
    if (current === null || typeof current !== 'object') return missing;
    if (Array.isArray(current) && !isIndex(step)) return throughElements(current, steps, index);
    if (!Object.hasOwn(current, step)) return missing;
    current = (current as Record<string, unknown>)[step];
  }
  return current === undefined ? missing : current;
}

function throughElements(elements: readonly unknown[], steps: readonly string[], from: number): unknown {
  const found: unknown[] = [];
  for (const element of elements) {
    const value = resolvePath(element, steps, from);
    if (value === missing) continue;
    if (Array.isArray(value)) found.push(...value);
    else found.push(value);
  }
  return found.length === 0 ? missing : found;
}

function isIndex(step: string): boolean {
  return /^\d+$/.test(step);
}
