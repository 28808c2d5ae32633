import { compileTest } from '../../domain/matching/compile-test.js';
import { isObject, isScalar, toNumber } from '../../domain/json-value.js';
import type { Lists, Scalar } from '../../domain/matching/list.js';
import { testHolds } from '../../domain/matching/value-test.js';
import type { Place } from '../problem.js';

/** Why a test of a field holds for no value, and where below it. */
export interface Impossible {
  readonly at: Place;
  readonly message: string;
  readonly hint: string;
}

/** Tests of an array as a whole, or of whether anything is there: beside them an equality proves little. */
const wholeOperators = new Set(['any', 'all', 'size', 'exists']);
/** Operators that hold another test. */
const nesting = ['not', 'any', 'all', 'size'];

/** Where a faultless test of `fields` holds for no value whatever. */
export function impossibleTests(form: unknown, lists: Lists, at: Place = []): readonly Impossible[] {
  if (Array.isArray(form) && form.length === 0)
    return [{ at, message: 'an empty list never holds', hint: 'write what it may be, or take the test out' }];
  if (!isObject(form)) return [];
  const own =
    emptyIn(form) ?? contraryBounds(form) ?? contraryPresence(form) ?? contraryEquality(form, lists);
  const inner = nesting.flatMap((name) => impossibleTests(form[name], lists, [...at, name]));
  return own === undefined ? inner : [{ ...own, at: [...at, ...own.at] }, ...inner];
}

function emptyIn(form: Record<string, unknown>): Impossible | undefined {
  const entries = form['in'];
  if (!Array.isArray(entries) || entries.length > 0) return undefined;
  return { at: ['in'], message: 'an empty list never holds', hint: 'write what it may be' };
}

interface Bound {
  readonly name: string;
  readonly limit: number;
  readonly isOpen: boolean;
}

function boundOf(
  form: Record<string, unknown>,
  open: string,
  closed: string,
  tighter: 1 | -1,
): Bound | undefined {
  const bounds = [open, closed].flatMap((name): Bound[] => {
    const limit = toNumber(form[name]);
    return limit === undefined ? [] : [{ name, limit, isOpen: name === open }];
  });
  return bounds.toSorted((a, b) => tighter * (b.limit - a.limit) || Number(b.isOpen) - Number(a.isOpen))[0];
}

function contraryBounds(form: Record<string, unknown>): Impossible | undefined {
  const low = boundOf(form, 'gt', 'gte', 1);
  const high = boundOf(form, 'lt', 'lte', -1);
  if (low === undefined || high === undefined || low.limit < high.limit) return undefined;
  if (low.limit === high.limit && !low.isOpen && !high.isOpen) return undefined;
  const between = `{ ${low.name}: ${high.limit}, ${high.name}: ${low.limit} }`;
  const outside = `{ ${high.isOpen ? 'gte' : 'gt'}: ${high.limit}, ${low.isOpen ? 'lte' : 'lt'}: ${low.limit} }`;
  return {
    at: [high.name],
    message: `no number is ${low.name} ${low.limit} and ${high.name} ${high.limit}`,
    hint:
      low.limit === high.limit
        ? `write equals: ${low.limit}, or take one of them out`
        : `write ${between} for a number between them, not: ${outside} for one of the two`,
  };
}

/** What is not there fails every test but `not`. */
function contraryPresence(form: Record<string, unknown>): Impossible | undefined {
  const other = Object.keys(form).find((name) => name !== 'exists' && name !== 'not');
  if (form['exists'] !== false || other === undefined) return undefined;
  return {
    at: [other],
    message: `"${other}" never holds for a field that is absent`,
    hint: 'take exists: false out, or write not: { … } for a field that is absent or another value',
  };
}

function contraryEquality(form: Record<string, unknown>, lists: Lists): Impossible | undefined {
  const { equals, in: entries, ...rest } = form;
  const literals = Array.isArray(entries) ? (entries as readonly unknown[]) : [equals];
  const others = { ...rest, ...(Array.isArray(entries) && equals !== undefined ? { equals } : {}) };
  const names = Object.keys(others);
  if (names.length === 0 || !literals.every(isScalar) || (equals === undefined && entries === undefined))
    return undefined;
  if (mentionsWhole(others)) return undefined;
  const test = compileTest(others, lists, () => undefined);
  if (literals.some((literal) => testHolds(test, literal))) return undefined;
  return {
    at: [names[0] as string],
    message: `${literals.map((literal) => JSON.stringify(literal)).join(', ')} can't hold together with "${names.join('", "')}"`,
    hint: 'take one of them out; several operators on one field must hold together',
  };
}

function mentionsWhole(form: unknown): boolean {
  if (!isObject(form)) return false;
  return Object.entries(form).some(([name, inner]) => wholeOperators.has(name) || mentionsWhole(inner));
}

/** The values that a test asks for one by one, literally; undefined where it can hold for others. */
export function literalsOf(form: unknown): readonly Scalar[] | undefined {
  const values = isObject(form) ? (form['in'] ?? [form['equals']]) : [form].flat();
  if (!Array.isArray(values) || !values.every(isScalar)) return undefined;
  if (isObject(form)) return values;
  return values.some((value) => typeof value === 'string' && /^\/.*\/[a-z]*$|\*/s.test(value))
    ? undefined
    : values;
}
