import type { Scalar } from './matching/list.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isScalar(value: unknown): value is Scalar {
  return (
    value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  );
}

/** Neither `undefined` nor `null`, which YAML makes of a key without a value. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/**
 * Whether two JSON values say the same; the order of an object's properties says nothing. Values that differ only below
 * `levels` levels count as different, too.
 */
export function sameJson(left: unknown, right: unknown, levels = Number.POSITIVE_INFINITY): boolean {
  if (left === right) return true;
  if (levels <= 0) return false;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => sameJson(item, right[index], levels - 1))
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && sameJson(left[name], right[name], levels - 1))
  );
}

/** A number, or what a text says that is one. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}
