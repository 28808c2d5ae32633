import {
  FunctionExpressionType,
  JSONPathEnvironment,
  JSONPathError,
  jsonpath,
  type FilterFunction,
  type JSONPathQuery,
  type JSONValue,
} from 'json-p3';
import { RE2JS, RE2JSException } from 're2js';

/** A compiled JSONPath (RFC 9535). It runs no code, changes nothing and never throws. */
export interface JsonPath {
  /**
   * The value that a path to one place leads to; for a path that may lead to several places (`*`, `..`, slices, lists of
   * names or indexes, filters) the array of what is there, at most {@link mostResults}. Undefined when nothing is there.
   */
  read(value: object): unknown;
}

export type CompiledJsonPath =
  | { readonly ok: true; readonly path: JsonPath }
  /** `message` continues a sentence about the path. */
  | { readonly ok: false; readonly message: string; readonly hint: string };

/** What a path reads at most. Events hold a few hundred values, so that only hostile ones have more. */
const mostResults = 1_000;
const longestPath = 1_000;
/** How many compiled patterns `match` and `search` keep; only patterns taken from events can ever be more. */
const mostPatterns = 200;

const { FilterSelector } = jsonpath.selectors;
const { FilterQuery, FunctionExtension, InfixExpression, LogicalExpression, PrefixExpression, RootQuery } =
  jsonpath.expressions;
type Expression = jsonpath.expressions.FilterExpression;

/** `match` or `search`, decided by RE2, so that no text makes a pattern slow. */
class RegexFunction implements FilterFunction {
  readonly argTypes = [FunctionExpressionType.ValueType, FunctionExpressionType.ValueType];
  readonly returnType = FunctionExpressionType.LogicalType;
  private readonly patterns = new Map<string, RE2JS | undefined>();

  /** @param whole whether the pattern must match the whole text, as RFC 9535 says of `match`. */
  constructor(private readonly whole: boolean) {}

  call(text: unknown, pattern: unknown): boolean {
    if (typeof text !== 'string' || typeof pattern !== 'string') return false;
    const regex = this.compile(pattern);
    if (regex === undefined) return false;
    return this.whole ? regex.matches(text) : regex.test(text);
  }

  private compile(pattern: string): RE2JS | undefined {
    if (this.patterns.has(pattern)) return this.patterns.get(pattern);
    if (this.patterns.size >= mostPatterns) this.patterns.clear();
    const regex = compileOrUndefined(pattern);
    this.patterns.set(pattern, regex);
    return regex;
  }
}

const environment = new JSONPathEnvironment();
environment.functionRegister.set('match', new RegexFunction(true));
environment.functionRegister.set('search', new RegexFunction(false));

/** Compiles a JSONPath, and refuses those whose cost could grow faster than the event. */
export function compileJsonPath(source: string): CompiledJsonPath {
  if (source.length > longestPath)
    return refused(`is longer than ${longestPath} characters`, 'write a shorter path');
  try {
    const query = environment.compile(source);
    const reason = tooCostly(query);
    if (reason !== undefined) return refused(reason, 'split the condition into several simpler ones');
    return { ok: true, path: { read: (value) => read(query, value) } };
  } catch (error) {
    if (error instanceof JSONPathError) return refused(`is no JSONPath: ${error.message}`, hintFor(source));
    if (error instanceof RangeError)
      return refused('is nested too deeply', 'split the condition into several simpler ones');
    throw error;
  }
}

function read(query: JSONPathQuery, value: object): unknown {
  const values: unknown[] = [];
  try {
    for (const node of query.lazyQuery(value as JSONValue)) {
      values.push(node.value);
      if (values.length >= mostResults) break;
    }
  } catch (error) {
    // An event that is nested more deeply than the library follows, or than the stack holds.
    if (error instanceof JSONPathError || error instanceof RangeError) return undefined;
    throw error;
  }
  return query.singularQuery() ? values[0] : values.length === 0 ? undefined : values;
}

/** Why a path could take more than a small multiple of the event's size; undefined when it can't. */
function tooCostly(query: JSONPathQuery): string | undefined {
  let descents = 0;
  let branches = 0;
  for (const { descends, selectors } of query.segments.map(describe)) {
    if (descends) descents += 1;
    if (selectors.length > 1) branches += 1;
    for (const selector of selectors) {
      const inner = selector instanceof FilterSelector ? costlyFilter(selector.expression) : undefined;
      if (inner !== undefined) return inner;
    }
  }
  if (descents > 1) return 'uses ".." more than once';
  return branches > 1 ? 'has more than one list of names, indexes or filters' : undefined;
}

function describe(segment: jsonpath.JSONPathSegment): {
  readonly descends: boolean;
  readonly selectors: readonly jsonpath.JSONPathSelector[];
} {
  return { descends: segment.toString().startsWith('..'), selectors: segment.selectors };
}

function costlyFilter(expression: Expression): string | undefined {
  if (expression instanceof LogicalExpression) return costlyFilter(expression.expression);
  if (expression instanceof PrefixExpression) return costlyFilter(expression.right);
  if (expression instanceof InfixExpression)
    return costlyFilter(expression.left) ?? costlyFilter(expression.right);
  if (expression instanceof FunctionExtension) return costlyCall(expression);
  if (!(expression instanceof FilterQuery)) return undefined;
  const { path } = expression;
  if (path.segments.some((segment) => describe(segment).descends)) return 'uses ".." inside a filter';
  if (expression instanceof RootQuery && !path.singularQuery())
    return 'reads several places from "$" inside a filter';
  return tooCostly(path);
}

function costlyCall({ name, args }: jsonpath.expressions.FunctionExtension): string | undefined {
  const [, pattern] = args;
  if ((name === 'match' || name === 'search') && pattern instanceof jsonpath.expressions.StringLiteral) {
    if (compileOrUndefined(pattern.value) === undefined) return "has a pattern that RE2 can't take";
  }
  for (const argument of args) {
    const inner = costlyFilter(argument);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function compileOrUndefined(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
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
