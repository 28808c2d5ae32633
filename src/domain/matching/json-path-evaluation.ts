import { jsonpath, type JSONPathQuery } from 'json-p3';
import { RE2JS } from 're2js';
import { isObject, sameJson } from '../json-value.js';

/** What a path selects in a value, in the order of RFC 9535: at most `limit` values. */
export type Selection = (root: unknown, limit: number) => readonly unknown[];

/** The values that a part of a path leads to, from `current`, in an event whose outermost value is `root`. */
type Query = (current: unknown, root: unknown, limit?: number) => readonly unknown[];
type Test = (current: unknown, root: unknown) => boolean;
/** A value to compare, or {@link nothing} where RFC 9535 has the special result Nothing. */
type Operand = (current: unknown, root: unknown) => unknown;
type Selector = (value: unknown, root: unknown, found: unknown[]) => void;

const nothing = Symbol('nothing');
/** How deep two values are compared. Deeper ones are unequal, so that comparing each part of an event stays cheap. */
const deepestComparison = 100;

const { FilterSelector, IndexSelector, NameSelector, SliceSelector, WildcardSelector } = jsonpath.selectors;
const {
  BooleanLiteral,
  FilterQuery,
  FunctionExtension,
  InfixExpression,
  LogicalExpression,
  NullLiteral,
  NumberLiteral,
  PrefixExpression,
  RootQuery,
  StringLiteral,
} = jsonpath.expressions;
type Expression = jsonpath.expressions.FilterExpression;

/**
 * Evaluates what json-p3 has parsed. Its own evaluator reads at most 50 levels, binds `$` in a nested filter to the wrong
 * value, and keeps the location of every node that it visits; this one keeps values only and needs no stack.
 * Patterns are RE2; throws RE2JSException for one that RE2 can't take.
 */
export function compileSelection(path: JSONPathQuery): Selection {
  const query = compileQuery(path);
  return (root, limit) => query(root, root, limit);
}

/** Whether a segment is `..`, which json-p3 says only in how it writes the segment. */
export function descends(segment: jsonpath.JSONPathSegment): boolean {
  return segment.toString().startsWith('..');
}

function compileQuery(path: JSONPathQuery): Query {
  const segments = path.segments.map((segment) => ({
    descends: descends(segment),
    selectors: segment.selectors.map(compileSelector),
  }));
  return (current, root, limit = Number.POSITIVE_INFINITY) => {
    let values: readonly unknown[] = [current];
    for (const [index, segment] of segments.entries()) {
      const most = index === segments.length - 1 ? limit : Number.POSITIVE_INFINITY;
      const found: unknown[] = [];
      for (const value of segment.descends ? withDescendants(values) : values) {
        for (const select of segment.selectors) select(value, root, found);
        if (found.length >= most) break;
      }
      values = found.length > most ? found.slice(0, most) : found;
    }
    return values;
  };
}

/** Each value and all that it holds, parents before their children, children in their order. */
function* withDescendants(values: readonly unknown[]): Generator<unknown> {
  const waiting = values.toReversed();
  while (waiting.length > 0) {
    const value = waiting.pop();
    yield value;
    const children = childrenOf(value);
    for (let index = children.length - 1; index >= 0; index -= 1) waiting.push(children[index]);
  }
}

function childrenOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

function compileSelector(selector: jsonpath.JSONPathSelector): Selector {
  if (selector instanceof NameSelector) {
    const { name } = selector;
    return (value, _, found) => {
      if (isObject(value) && Object.hasOwn(value, name)) found.push(value[name]);
    };
  }
  if (selector instanceof IndexSelector) {
    const { index } = selector;
    return (value, _, found) => {
      if (!Array.isArray(value)) return;
      const at = index < 0 ? value.length + index : index;
      if (at >= 0 && at < value.length) found.push(value[at]);
    };
  }
  if (selector instanceof SliceSelector) {
    const { start, stop, step } = selector;
    return (value, _, found) => {
      if (Array.isArray(value)) pushSlice(value, start, stop, step ?? 1, found);
    };
  }
  if (selector instanceof WildcardSelector) {
    return (value, _, found) => {
      for (const child of childrenOf(value)) found.push(child);
    };
  }
  if (selector instanceof FilterSelector) {
    const holds = compileTest(selector.expression);
    return (value, root, found) => {
      for (const child of childrenOf(value)) if (holds(child, root)) found.push(child);
    };
  }
  throw unknownPart(selector);
}

/** RFC 9535, 2.3.4.2.2: bounds are clamped to the array, and a step of 0 selects nothing. */
function pushSlice(
  values: readonly unknown[],
  start: number | undefined,
  stop: number | undefined,
  step: number,
  found: unknown[],
): void {
  const { length } = values;
  const clamp = (bound: number, low: number, high: number): number =>
    Math.min(Math.max(bound < 0 ? length + bound : bound, low), high);
  if (step > 0) {
    const end = clamp(stop ?? length, 0, length);
    for (let at = clamp(start ?? 0, 0, length); at < end; at += step) found.push(values[at]);
  } else if (step < 0) {
    const end = stop === undefined ? -1 : clamp(stop, -1, length - 1);
    for (let at = clamp(start ?? length - 1, -1, length - 1); at > end; at += step) found.push(values[at]);
  }
}

function compileTest(expression: Expression): Test {
  if (expression instanceof LogicalExpression) return compileTest(expression.expression);
  if (expression instanceof PrefixExpression) {
    const holds = compileTest(expression.right);
    return (current, root) => !holds(current, root);
  }
  if (expression instanceof InfixExpression) return compileInfix(expression);
  if (expression instanceof FunctionExtension) return compilePattern(expression);
  if (expression instanceof FilterQuery) {
    const query = compileFilterQuery(expression);
    return (current, root) => query(current, root, 1).length > 0;
  }
  throw unknownPart(expression);
}

function compileInfix({ left, operator, right }: jsonpath.expressions.InfixExpression): Test {
  if (operator === '&&' || operator === '||') {
    const [first, second] = [compileTest(left), compileTest(right)];
    return operator === '&&'
      ? (current, root) => first(current, root) && second(current, root)
      : (current, root) => first(current, root) || second(current, root);
  }
  const [first, second] = [compileOperand(left), compileOperand(right)];
  const compare = comparisons.get(operator);
  if (compare === undefined) throw new Error(`json-p3 parsed an unknown comparison: ${operator}`);
  return (current, root) => compare(first(current, root), second(current, root));
}

const comparisons: ReadonlyMap<string, (left: unknown, right: unknown) => boolean> = new Map([
  ['==', isSame],
  ['!=', (left: unknown, right: unknown) => !isSame(left, right)],
  ['<', isLess],
  ['>', (left: unknown, right: unknown) => isLess(right, left)],
  ['<=', (left: unknown, right: unknown) => isLess(left, right) || isSame(left, right)],
  ['>=', (left: unknown, right: unknown) => isLess(right, left) || isSame(left, right)],
]);

/** `match` and `search`, whose pattern the check of the path has found to be a text. */
function compilePattern({ name, args }: jsonpath.expressions.FunctionExtension): Test {
  const [text, pattern] = args;
  if (text === undefined || !(pattern instanceof StringLiteral))
    throw new Error(`json-p3 parsed a filter function that is not a test: ${name}`);
  const operand = compileOperand(text);
  const regex = RE2JS.compile(pattern.value);
  return (current, root) => {
    const value = operand(current, root);
    if (typeof value !== 'string') return false;
    return name === 'match' ? regex.matches(value) : regex.test(value);
  };
}

function compileOperand(expression: Expression): Operand {
  if (expression instanceof NullLiteral) return () => null;
  if (
    expression instanceof BooleanLiteral ||
    expression instanceof StringLiteral ||
    expression instanceof NumberLiteral
  ) {
    const { value } = expression;
    return () => value;
  }
  if (expression instanceof FilterQuery) {
    const query = compileFilterQuery(expression);
    return (current, root) => onlyValue(query(current, root, 2));
  }
  if (expression instanceof FunctionExtension) return compileFunction(expression);
  throw unknownPart(expression);
}

function compileFunction({ name, args: [argument] }: jsonpath.expressions.FunctionExtension): Operand {
  if (name === 'length' && argument !== undefined) {
    const operand = compileOperand(argument);
    return (current, root) => lengthOf(operand(current, root));
  }
  if (argument instanceof FilterQuery) {
    const query = compileFilterQuery(argument);
    if (name === 'count') return (current, root) => query(current, root).length;
    if (name === 'value') return (current, root) => onlyValue(query(current, root, 2));
  }
  throw new Error(`json-p3 parsed a filter function that gives no value: ${name}`);
}

function compileFilterQuery(expression: jsonpath.expressions.FilterQuery): Query {
  const query = compileQuery(expression.path);
  return expression instanceof RootQuery ? (_, root, limit) => query(root, root, limit) : query;
}

function onlyValue(values: readonly unknown[]): unknown {
  return values.length === 1 ? values[0] : nothing;
}

/** The characters of a text, the elements of an array, the members of an object. */
function lengthOf(value: unknown): unknown {
  if (typeof value === 'string') return Array.from(value).length;
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : nothing;
}

/** Only two texts or two numbers have an order. */
function isLess(left: unknown, right: unknown): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left < right;
  return typeof left === 'number' && typeof right === 'number' && left < right;
}

function isSame(left: unknown, right: unknown): boolean {
  return sameJson(left, right, deepestComparison);
}

function unknownPart(part: object): Error {
  return new Error(`json-p3 parsed a part that RFC 9535 does not have: ${part.constructor.name}`);
}
