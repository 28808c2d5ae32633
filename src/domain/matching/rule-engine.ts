import { Engine, Fact, OperatorDecorator, type RuleResult, type TopLevelCondition } from 'json-rules-engine';
import { compileTest, fieldOperators } from './compile-test.js';
import { fieldFact, fieldOperator } from './match-types.js';
import { engineComparisons } from './engine-comparison.js';
import { absent, resolvePath, splitPath } from './field-path.js';
import { compileJsonPath, type JsonPath } from './json-path.js';
import { isObject } from '../json-value.js';
import type { Lists } from './list.js';
import { testHolds, wholeTest, type ValueTest } from './value-test.js';

/** How many compiled operands an engine keeps; only operands taken from events can ever be more than a rules file holds. */
const maxOperands = 1000;

/** The facts of one event, shared by every rule that looks at it. */
export type EventFacts = Readonly<Record<string, Fact>>;

/**
 * Each top-level property of `data` is a fact, `event` is all of it, and fields are resolved from it. The data is frozen,
 * so that what one condition sees is what the next one sees.
 */
export function factsOf(data: Readonly<Record<string, unknown>>): EventFacts {
  deepFreeze(data);
  const uncached = { cache: false };
  const facts: Record<string, Fact> = Object.create(null) as Record<string, Fact>;
  for (const [name, value] of Object.entries(data)) {
    if (name !== '') facts[name] = new Fact(name, value, uncached);
  }
  facts['event'] = new Fact('event', data, uncached);
  facts[fieldFact] = new Fact(
    fieldFact,
    (params: Record<string, unknown>) => resolvePath(data, splitPath(String(params['path']))),
    uncached,
  );
  return facts;
}

/** Decides conditions with json-rules-engine, which here also knows our operators. No value of an event makes it throw. */
export class RuleEngine {
  private readonly engine: Engine;
  private readonly operands = new Map<string, ValueTest>();
  private readonly paths = new Map<string, JsonPath | undefined>();

  constructor(
    rules: readonly { readonly id: string; readonly conditions: TopLevelCondition }[],
    private readonly lists: Lists,
  ) {
    this.engine = new Engine([], {
      allowUndefinedFacts: true,
      pathResolver: (value, path) => this.read(value, path),
    });
    this.addOperators();
    for (const rule of rules) {
      this.engine.addRule({
        conditions: copyForEngine(rule.conditions),
        // The engine emits the type as an event of its own, and one named "error" would be thrown.
        event: { type: 'match' },
        name: rule.id,
      });
    }
  }

  /** One result for each rule, matched or not, in no promised order. */
  async run(facts: EventFacts): Promise<readonly RuleResult[]> {
    const { results, failureResults } = await this.engine.run(facts);
    return [...results, ...failureResults];
  }

  /** Replaces json-rules-engine's own path resolver, which runs filters as code. */
  private read(value: object, source: string): unknown {
    if (!this.paths.has(source)) {
      const compiled = compileJsonPath(source);
      this.paths.set(source, compiled.ok ? compiled.path : undefined);
    }
    return this.paths.get(source)?.read(value);
  }

  private addOperators(): void {
    this.addOperator(fieldOperator, (value, form) => testHolds(this.operand(form), value));
    for (const name of fieldOperators) {
      if (name !== 'in' && name !== 'contains') {
        this.addOperator(name, (value, form) =>
          testHolds(this.operand({ [name]: form }), value === undefined ? absent : value),
        );
      }
    }
    this.addOperator('contains', (value, part) => this.contains(value, part));
    this.addOperator('doesNotContain', (value, part) => {
      return (typeof value === 'string' || Array.isArray(value)) && !this.contains(value, part);
    });
    this.addOperator('in', (value, values) => isContainer(values) && values.includes(value as never));
    this.addOperator('notIn', (value, values) => isContainer(values) && !values.includes(value as never));
    for (const [name, compare] of engineComparisons) this.engine.addOperator(name, compare);
    this.engine.addOperatorDecorator(
      new OperatorDecorator(
        'someValue',
        (value, values, next) => Array.isArray(values) && values.some((one) => next(value, one)),
      ),
    );
    this.engine.addOperatorDecorator(
      new OperatorDecorator(
        'everyValue',
        (value, values, next) => Array.isArray(values) && values.every((one) => next(value, one)),
      ),
    );
  }

  /** Adds an operator that does not hold where it fails: on an object that is no primitive, or nested past the stack. */
  private addOperator(name: string, holds: (value: unknown, operand: unknown) => boolean): void {
    this.engine.addOperator(name, (value: unknown, operand: unknown) => {
      try {
        return holds(value, operand);
      } catch {
        return false;
      }
    });
  }

  /** An element of an array, as json-rules-engine documents, and a substring of a string, as in `fields`. */
  private contains(value: unknown, part: unknown): boolean {
    return Array.isArray(value) ? value.includes(part) : testHolds(this.operand({ contains: part }), value);
  }

  /** The operand as a test. json-rules-engine hands out copies, so it is known again by what it says. */
  private operand(form: unknown): ValueTest {
    const key = JSON.stringify(form, nameUnwritable);
    const known = this.operands.get(key);
    if (known !== undefined) return known;
    let valid = true;
    const test = compileTest(form, this.lists, () => (valid = false));
    const operand = valid ? test : wholeTest(() => false);
    if (this.operands.size >= maxOperands) this.operands.clear();
    this.operands.set(key, operand);
    return operand;
  }
}

/** Freezes a value and all that it holds, however deeply it is nested. */
function deepFreeze(value: unknown): void {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (next === null || typeof next !== 'object' || Object.isFrozen(next)) continue;
    Object.freeze(next);
    // One by one, since a call takes only so many arguments and a list can be longer.
    for (const held of Object.values(next)) waiting.push(held);
  }
}

/**
 * A copy, since json-rules-engine parses priorities in place. It makes further copies, which lose the keys that an
 * object's prototype has too, such as `toString`; objects in operands therefore get none.
 */
function copyForEngine<T>(condition: T): T {
  if (Array.isArray(condition)) return condition.map((entry: unknown) => copyForEngine(entry)) as T;
  if (!isObject(condition)) return condition;
  const entries = Object.entries(condition);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, key === 'value' ? withoutPrototype(value) : copyForEngine(value)]),
  ) as T;
}

function withoutPrototype(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrototype);
  if (!isObject(value)) return value;
  const bare = Object.create(null) as Record<string, unknown>;
  for (const [key, entry] of Object.entries(value)) bare[key] = withoutPrototype(entry);
  return bare;
}

/** What JSON has no word for, and would write as `null` or leave out. */
function nameUnwritable(_: string, value: unknown): unknown {
  const unwritable = value === undefined || (typeof value === 'number' && !Number.isFinite(value));
  return unwritable ? `\0${String(value)}` : value;
}

function isContainer(values: unknown): values is unknown[] | string {
  return Array.isArray(values) || typeof values === 'string';
}
