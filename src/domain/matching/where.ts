import type { NestedCondition } from './match-types.js';
import { compileTest, fieldOperators, type TestFault } from './compile-test.js';
import { compileJsonPath } from './json-path.js';
import type { Lists } from './list.js';

/** The operators that json-rules-engine documents and that keep their documented meaning. */
export const engineOperators = [
  'equal',
  'notEqual',
  'in',
  'notIn',
  'contains',
  'doesNotContain',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
] as const;
const operators = [...new Set([...engineOperators, ...fieldOperators])];
const decorators = ['someFact', 'someValue', 'everyFact', 'everyValue', 'swap', 'not'];
/** Decorators that try the operator with each entry of the condition's value. */
const valueDecorators = ['someValue', 'everyValue'];
const leafKeys = ['fact', 'path', 'operator', 'value', 'params', 'name', 'priority'];
const groupKeys = ['name', 'priority'];

export type WhereFaultCode = 'invalid-where' | 'unknown-operator' | TestFault['code'];
export interface WhereFault extends Omit<TestFault, 'code'> {
  readonly code: WhereFaultCode;
}

type Path = readonly (string | number)[];

interface Operand {
  readonly value: unknown;
  readonly at: Path;
}

/**
 * Checks a `where` tree for everything that json-rules-engine would only complain about while an event waits:
 * shape, operators, decorators and the operands of our own operators. Returns the tree unchanged.
 */
export function checkWhere(
  form: unknown,
  lists: Lists,
  report: (fault: WhereFault) => void,
): NestedCondition {
  check(form, []);
  return form as NestedCondition;

  function check(condition: unknown, at: Path): void {
    if (condition === null || typeof condition !== 'object' || Array.isArray(condition)) {
      fault(
        at,
        'a condition is an object',
        'write { fact, operator, value }, or a group: { all: [...] }, { any: [...] }, { not: {...} }',
      );
      return;
    }
    const group = (['all', 'any', 'not'] as const).find((key) => Object.hasOwn(condition, key));
    if (group === undefined) leaf(condition as Record<string, unknown>, at);
    else nested(group, condition as Record<string, unknown>, at);
  }

  function nested(group: 'all' | 'any' | 'not', condition: Record<string, unknown>, at: Path): void {
    for (const key of Object.keys(condition)) {
      if (key !== group && !groupKeys.includes(key)) {
        fault(
          [...at, key],
          `"${key}" can't be used together with "${group}"`,
          'put it into a condition of its own inside all: [...]',
        );
      }
    }
    const inner = condition[group];
    if (group === 'not') check(inner, [...at, group]);
    else if (Array.isArray(inner)) inner.forEach((entry, index) => check(entry, [...at, group, index]));
    else
      fault(
        [...at, group],
        `"${group}" takes a list of conditions`,
        `write ${group}: [ { fact, operator, value } ]`,
      );
  }

  function leaf(condition: Record<string, unknown>, at: Path): void {
    for (const key of Object.keys(condition)) {
      if (leafKeys.includes(key)) continue;
      const hint =
        key === 'condition'
          ? 'write the condition out: the rules file has no shared conditions'
          : `a condition has the keys ${leafKeys.join(', ')}`;
      report({
        code: 'invalid-where',
        at: [...at, key],
        name: key,
        candidates: key === 'condition' ? undefined : leafKeys,
        message: `a condition has no key "${key}"`,
        hint,
      });
    }
    for (const key of ['fact', 'operator'] as const) {
      if (typeof condition[key] !== 'string' || condition[key] === '') {
        fault(
          key in condition ? [...at, key] : at,
          `a condition needs "${key}", a text`,
          'write { fact: details, path: $.error, operator: equal, value: x }',
        );
      }
    }
    if (!Object.hasOwn(condition, 'value'))
      fault(at, 'a condition needs "value"', 'add value: what the operator compares with');
    if ('path' in condition) path(condition['path'], [...at, 'path']);
    const value = condition['value'];
    if (isFactReference(value) && 'path' in value) path(value['path'], [...at, 'value', 'path']);
    if (typeof condition['operator'] === 'string') operator(condition['operator'], value, at);
  }

  function path(text: unknown, at: Path): void {
    if (typeof text !== 'string') {
      fault(at, '"path" is a JSONPath text', 'write path: $.error.message');
      return;
    }
    const compiled = compileJsonPath(text);
    if (!compiled.ok) fault(at, `"${text.slice(0, 100)}" ${compiled.message}`, compiled.hint);
  }

  function operator(name: string, value: unknown, at: Path): void {
    const parts = name.split(':');
    const base = parts.pop() as string;
    const unknownDecorator = parts.find((part) => !decorators.includes(part));
    if (unknownDecorator !== undefined) {
      report({
        code: 'unknown-operator',
        at: [...at, 'operator'],
        name: unknownDecorator,
        candidates: decorators,
        message: `there is no operator decorator "${unknownDecorator}"`,
        hint: `the decorators are ${decorators.join(', ')}`,
      });
    }
    const documented = (engineOperators as readonly string[]).includes(base);
    if (!documented && !(fieldOperators as readonly string[]).includes(base)) {
      report({
        code: 'unknown-operator',
        at: [...at, 'operator'],
        name: base,
        candidates: operators,
        message: `there is no operator "${base}"`,
        hint: `the operators are ${operators.join(', ')}`,
      });
      return;
    }
    // What a swapped operator is given and what a fact reference refers to are known only with the event.
    if (parts.includes('swap') || isFactReference(value)) return;
    let operands: readonly Operand[] = [{ value, at: [...at, 'value'] }];
    for (const decorator of parts) {
      if (valueDecorators.includes(decorator))
        operands = operands.flatMap((list) => entries(decorator, list));
    }
    if (documented) return;
    for (const operand of operands) {
      compileTest({ [base]: operand.value }, lists, (inner) =>
        report({ ...inner, at: [...operand.at, ...inner.at.slice(1)] }),
      );
    }
  }

  function entries(decorator: string, { value, at }: Operand): readonly Operand[] {
    if (Array.isArray(value)) return value.map((entry, index) => ({ value: entry, at: [...at, index] }));
    fault(at, `"${decorator}" goes through a list`, 'write value: [a, b]');
    return [];
  }

  function fault(at: Path, message: string, hint: string): void {
    report({ code: 'invalid-where', at, message, hint });
  }
}

function isFactReference(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, 'fact');
}
