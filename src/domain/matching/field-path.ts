/** What {@link resolvePath} gives for a path that leads nowhere. `null` is a present value; this is not. */
export const absent: unique symbol = Symbol('absent');

/** Splits a dotted path into the steps {@link resolvePath} takes. */
export function splitPath(path: string): readonly string[] {
  return path.split('.');
}

/**
 * Follows the steps into `value`. On an array, a step that is a number takes that element and any other step goes on
 * through every element, so that the result is then the array of all values found, flattened by one level. No depth or
 * length of the value is too much.
 * Only own properties count: `constructor` or `length` lead nowhere.
 */
export function resolvePath(value: unknown, steps: readonly string[], from = 0): unknown {
  let current = value;
  for (let index = from; index < steps.length; index++) {
    const step = steps[index] as string;
    if (current === null || typeof current !== 'object') return absent;
    if (Array.isArray(current) && !isIndex(step)) return throughElements(current, steps, index);
    if (!Object.hasOwn(current, step)) return absent;
    current = (current as Record<string, unknown>)[step];
  }
  return current === undefined ? absent : current;
}

function throughElements(elements: readonly unknown[], steps: readonly string[], from: number): unknown {
  const found: unknown[] = [];
  let isMissing = true;
  // Arrays right inside arrays wait on a stack of their own: an event can nest them deeper than calls can.
  const pending = elements.toReversed();
  while (pending.length > 0) {
    const element = pending.pop();
    if (Array.isArray(element)) {
      for (const inner of element.toReversed()) pending.push(inner);
      continue;
    }
    const value = resolvePath(element, steps, from);
    if (value === absent) continue;
    isMissing = false;
    if (Array.isArray(value)) for (const inner of value) found.push(inner);
    else found.push(value);
  }
  return isMissing ? absent : found;
}

function isIndex(step: string): boolean {
  return /^\d+$/.test(step);
}
