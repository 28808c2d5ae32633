import { compileTest } from '../../src/domain/matching/compile-test.js';
import { resolvePath, splitPath } from '../../src/domain/matching/field-path.js';
import { List, type Lists, type Scalar } from '../../src/domain/matching/list.js';
import { testHolds } from '../../src/domain/matching/value-test.js';

/** The lists of a rules file, by name. */
export function listsOf(lists: Readonly<Record<string, readonly Scalar[]>>): Lists {
  return new Map(Object.entries(lists).map(([name, entries]) => [name, new List(entries)]));
}

/** Whether one entry of `fields` holds for an event's data. Throws when the form has a fault. */
export function fieldHolds(path: string, form: unknown, data: unknown, lists: Lists = new Map()): boolean {
  const test = compileTest(form, lists, (fault) => {
    throw new Error(`${fault.code} at ${fault.at.join('.')}: ${fault.message}`);
  });
  return testHolds(test, resolvePath(data, splitPath(path)));
}
