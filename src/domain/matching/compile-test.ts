import { parseRange } from './address.js';
import { absent } from './field-path.js';
import { isObject, isScalar, toNumber } from '../json-value.js';
import type { List, Lists } from './list.js';
import { compileGlob, compileRegex, isGlob, isSlashedRegex } from './pattern.js';
import { controlCharacterFault, regexFault, unknownFlagsFault } from './pattern-fault.js';
import {
  anyOf,
  elementTest,
  equalsAny,
  negate,
  never,
  onArrays,
  onStrings,
  testHolds,
  together,
  wholeTest,
  type ValueTest,
} from './value-test.js';

/** The operators of `fields`, each usable in `where` under the same name. */
export const fieldOperators = [
  'equals',
  'not',
  'in',
  'matches',
  'startsWith',
  'endsWith',
  'contains',
  'cidr',
  'inList',
  'gt',
  'gte',
  'lt',
  'lte',
  'exists',
  'size',
  'any',
  'all',
] as const;
export type FieldOperator = (typeof fieldOperators)[number];

export type TestFaultCode = 'unknown-operator' | 'invalid-value' | 'invalid-regex' | 'unknown-list';

/** Why a test can't be compiled, and where below it: the steps of keys and indexes that lead to the fault. */
export interface TestFault {
  readonly code: TestFaultCode;
  readonly at: readonly (string | number)[];
  readonly message: string;
  readonly hint: string;
  /** The name that is not known, where the fault is about one. */
  readonly name?: string;
  /** The names that could be meant instead. */
  readonly candidates?: readonly string[];
}

type Path = readonly (string | number)[];

/**
 * Compiles one value of `fields` (a scalar, a list, or an object of operators) to a {@link ValueTest}.
 * Every fault found is reported; the test is of use only when there is none.
 */
export function compileTest(form: unknown, lists: Lists, report: (fault: TestFault) => void): ValueTest {
  return new TestCompiler(lists, report).form(form, []);
}

class TestCompiler {
  constructor(
    private readonly lists: Lists,
    private readonly report: (fault: TestFault) => void,
  ) {}

  form(form: unknown, at: Path): ValueTest {
    if (Array.isArray(form)) return anyOf(form.map((entry, index) => this.plain(entry, [...at, index])));
    if (isObject(form)) return this.operators(form, at);
    return elementTest(this.plain(form, at));
  }

  /** A literal scalar, a glob or a regex. */
  private plain(form: unknown, at: Path): (element: unknown) => boolean {
    if (typeof form === 'string' && isSlashedRegex(form)) return this.regex(form, at);
    const wrongFlags = typeof form === 'string' ? unknownFlagsFault(form) : undefined;
    if (wrongFlags !== undefined) {
      this.fault('invalid-regex', at, wrongFlags.message, wrongFlags.hint);
      return never;
    }
    if (typeof form === 'string' && isGlob(form)) return onStrings(compileGlob(form));
    if (isScalar(form)) return (element) => element === form;
    this.fault(
      'invalid-value',
      at,
      'a list holds scalars only',
      'write strings, numbers, true, false or null; put operators in place of the list',
    );
    return never;
  }

  private operators(form: Record<string, unknown>, at: Path): ValueTest {
    const names = Object.keys(form);
    if (names.length === 0) {
      this.fault(
        'invalid-value',
        at,
        'an empty test says nothing',
        'write a value, a list, or an operator such as { exists: true }',
      );
    }
    const tests = names.map((name) => this.operator(name, form[name], [...at, name]));
    if (tests.length === 1) return tests[0] as ValueTest;
    return together(tests);
  }

  private operator(name: string, operand: unknown, at: Path): ValueTest {
    switch (name as FieldOperator) {
      case 'equals':
        return equalsAny([operand]);
      case 'in':
        if (Array.isArray(operand)) return equalsAny(operand);
        this.fault(
          'invalid-value',
          at,
          '"in" takes a list',
          'write in: [a, b], or inList: name for a named list',
        );
        return wholeTest(never);
      case 'not':
        return negate(this.form(operand, at));
      case 'matches':
        return this.strings(operand, at, (source, where) => this.regex(source, where));
      case 'startsWith':
        return this.strings(operand, at, (part) => onStrings((text) => text.startsWith(part)));
      case 'endsWith':
        return this.strings(operand, at, (part) => onStrings((text) => text.endsWith(part)));
      case 'contains':
        return this.strings(operand, at, (part) => onStrings((text) => text.includes(part)));
      case 'cidr':
        return this.strings(operand, at, (text, where) => this.range(text, where));
      case 'inList': {
        const list = this.list(operand, at);
        return elementTest((element) => list?.has(element) ?? false);
      }
      case 'gt':
        return this.compare(operand, at, (value, limit) => value > limit);
      case 'gte':
        return this.compare(operand, at, (value, limit) => value >= limit);
      case 'lt':
        return this.compare(operand, at, (value, limit) => value < limit);
      case 'lte':
        return this.compare(operand, at, (value, limit) => value <= limit);
      case 'exists':
        if (typeof operand !== 'boolean')
          this.fault(
            'invalid-value',
            at,
            '"exists" takes true or false',
            'write exists: true or exists: false',
          );
        return wholeTest((value) => (value !== absent) === operand);
      case 'size': {
        const size = isObject(operand) ? this.operators(operand, at) : this.exactSize(operand, at);
        return onArrays((array) => testHolds(size, array.length));
      }
      case 'any': {
        const test = this.form(operand, at);
        return onArrays((array) => array.some((element) => testHolds(test, element)));
      }
      case 'all': {
        const test = this.form(operand, at);
        return onArrays((array) => array.every((element) => testHolds(test, element)));
      }
      default:
        name satisfies string;
        this.report({
          code: 'unknown-operator',
          at,
          name,
          candidates: fieldOperators,
          message: `there is no operator "${name}"`,
          hint: `the operators are ${fieldOperators.join(', ')}`,
        });
        return wholeTest(never);
    }
  }

  private exactSize(operand: unknown, at: Path): ValueTest {
    if (typeof operand !== 'number')
      this.fault(
        'invalid-value',
        at,
        '"size" takes a number or a comparison',
        'write size: 3 or size: { gt: 3 }',
      );
    return elementTest((size) => size === operand);
  }

  /** An operand of the string operators: a scalar, a list of which any may hold, or `{ inList: name }`. */
  private strings(
    operand: unknown,
    at: Path,
    compile: (text: string, at: Path) => (element: unknown) => boolean,
  ): ValueTest {
    if (isObject(operand) && Object.keys(operand).length === 1 && 'inList' in operand) {
      const where = [...at, 'inList'];
      const entries = this.list(operand['inList'], where)?.entries ?? [];
      return anyOf(entries.map((entry) => compile(String(entry), where)));
    }
    const operands = Array.isArray(operand) ? operand : [operand];
    return anyOf(
      operands.map((part, index) => {
        const where = Array.isArray(operand) ? [...at, index] : at;
        if (isScalar(part) && part !== null) return compile(String(part), where);
        this.fault(
          'invalid-value',
          where,
          `"${String(at.at(-1))}" takes text, a list of texts, or { inList: name }`,
          'write a string',
        );
        return never;
      }),
    );
  }

  private regex(source: string, at: Path): (element: unknown) => boolean {
    const regex = compileRegex(source);
    const fault =
      controlCharacterFault(source) ??
      unknownFlagsFault(source) ??
      (regex.ok ? undefined : regexFault(source, regex.reason));
    if (regex.ok && fault === undefined) return onStrings(regex.value);
    if (fault !== undefined) this.fault('invalid-regex', at, fault.message, fault.hint);
    return never;
  }

  private range(text: string, at: Path): (element: unknown) => boolean {
    const range = parseRange(text);
    if (range !== undefined) return onStrings((address) => range.contains(address));
    this.fault(
      'invalid-value',
      at,
      `"${text}" is not an address range`,
      'write an IPv4 or IPv6 address, or a range such as 203.0.113.0/24',
    );
    return never;
  }

  private list(name: unknown, at: Path): List | undefined {
    const list = typeof name === 'string' ? this.lists.get(name) : undefined;
    if (list === undefined) {
      const known = [...this.lists.keys()];
      this.report({
        code: 'unknown-list',
        at,
        name: String(name),
        candidates: known,
        message: `there is no list "${String(name)}"`,
        hint: known.length === 0 ? 'declare it under lists' : `the lists are ${known.join(', ')}`,
      });
    }
    return list;
  }

  private compare(operand: unknown, at: Path, compare: (value: number, limit: number) => boolean): ValueTest {
    const limit = toNumber(operand);
    if (limit === undefined) {
      this.fault('invalid-value', at, `"${String(at.at(-1))}" compares numbers`, 'write a number');
      return elementTest(never);
    }
    return elementTest((element) => {
      if (typeof element === 'number') return compare(element, limit);
      const value = toNumber(element);
      return value !== undefined && compare(value, limit);
    });
  }

  private fault(code: TestFaultCode, at: Path, message: string, hint: string): void {
    this.report({ code, at, message, hint });
  }
}
