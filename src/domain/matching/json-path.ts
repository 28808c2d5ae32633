import { JSONPathEnvironment, JSONPathError, jsonpath, type JSONPathQuery } from 'json-p3';
import { RE2JS, RE2JSException } from 're2js';
import { compileSelection, descends } from './json-path-evaluation.js';

/** A compiled JSONPath (RFC 9535). It runs no code, changes nothing and never throws. */
export interface JsonPath {
  /**
   * The value that a path to one place leads to; for a path that may lead to several places (`*`, `..`, slices, lists of
   * names or indexes, filters) the array of what is there, at most {@link maxResults}. Undefined when nothing is there.
   */
  read(value: object): unknown;
}

export type CompiledJsonPath =
  | { readonly ok: true; readonly path: JsonPath }
  /** `message` continues a sentence about the path. */
  | { readonly ok: false; readonly message: string; readonly hint: string };

/** What a path reads at most. Events hold a few hundred values, so that only hostile ones have more. */
const maxResults = 1_000;
const longestPath = 1_000;
const longestList = 20;

const { FilterSelector } = jsonpath.selectors;
const {
  FilterQuery,
  FunctionExtension,
  InfixExpression,
  LogicalExpression,
  PrefixExpression,
  RootQuery,
  StringLiteral,
} = jsonpath.expressions;
type Expression = jsonpath.expressions.FilterExpression;

const environment = new JSONPathEnvironment();

/** Compiles a JSONPath, and refuses those whose cost could grow faster than the event. */
export function compileJsonPath(source: string): CompiledJsonPath {
  if (source.length > longestPath)
    return refused(`is longer than ${longestPath} characters`, 'write a shorter path');
  try {
    const query = environment.compile(source);
    const reason = tooCostly(query);
    if (reason !== undefined) return refused(reason, 'split the condition into several simpler ones');
    return { ok: true, path: reader(query) };
  } catch (error) {
    if (error instanceof JSONPathError)
      return refused(`is not a JSONPath: ${error.message}`, hintFor(source));
    if (error instanceof RangeError)
      return refused('is nested too deeply', 'split the condition into several simpler ones');
    throw error;
  }
}

function reader(query: JSONPathQuery): JsonPath {
  const select = compileSelection(query);
  const singular = query.singularQuery();
  return {
    read: (value) => {
      const values = select(value, maxResults);
      if (singular) return values[0];
      return values.length === 0 ? undefined : values;
    },
  };
}

/** Why a path could take more than a small multiple of the event's size; undefined when it can't. */
function tooCostly(query: JSONPathQuery): string | undefined {
  let descents = 0;
  let branches = 0;
  for (const segment of query.segments) {
    const { selectors } = segment;
    if (descends(segment)) descents += 1;
    if (selectors.length > 1) branches += 1;
    if (selectors.length > longestList) return `has a list of more than ${longestList} entries`;
    for (const selector of selectors) {
      const inner = selector instanceof FilterSelector ? costlyFilter(selector.expression) : undefined;
      if (inner !== undefined) return inner;
    }
  }
  if (descents > 1) return 'uses ".." more than once';
  return branches > 1 ? 'has more than one list of names, indexes or filters' : undefined;
}

function costlyFilter(expression: Expression): string | undefined {
  if (expression instanceof LogicalExpression) return costlyFilter(expression.expression);
  if (expression instanceof PrefixExpression) return costlyFilter(expression.right);
  if (expression instanceof InfixExpression)
    return costlyFilter(expression.left) ?? costlyFilter(expression.right);
  if (expression instanceof FunctionExtension) return costlyCall(expression);
  if (!(expression instanceof FilterQuery)) return undefined;
  const { path } = expression;
  if (path.segments.some(descends)) return 'uses ".." inside a filter';
  if (expression instanceof RootQuery && !path.singularQuery())
    return 'reads several places from "$" inside a filter';
  return tooCostly(path);
}

function costlyCall({ name, args }: jsonpath.expressions.FunctionExtension): string | undefined {
  const [, pattern] = args;
  if (name === 'match' || name === 'search') {
    // A pattern from an event would have to be compiled for each event, and an attacker could send any number of them.
    if (!(pattern instanceof StringLiteral)) return `has a pattern in ${name}() that is not a text in quotes`;
    if (!isRe2(pattern.value)) return "has a pattern that RE2 can't take";
  }
  for (const argument of args) {
    const inner = costlyFilter(argument);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function isRe2(pattern: string): boolean {
  try {
    RE2JS.compile(pattern);
    return true;
  } catch (error) {
    if (error instanceof RE2JSException) return false;
    throw error;
  }
}

function refused(message: string, hint: string): CompiledJsonPath {
  return { ok: false, message, hint };
}

function hintFor(source: string): string {
  if (!source.startsWith('$')) return `a path starts with "$": write $.${source.replace(/^[@.]+/, '')}`;
  if (/\(\s*@?\s*\.|\/|\.\w+\(/.test(source))
    return 'paths are RFC 9535 and run no code: write $.users[?@.age > 30], or length(), count(), match() and search() in a filter';
  return 'write a path such as $.error.message, $.users[0].name or $.users[?@.age > 30].name';
}
