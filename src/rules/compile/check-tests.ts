import type { DeclaredNames } from '../yaml/declared-names.js';
import type { TestSection } from '../schema/test-section.js';
import type { Fault } from '../problem.js';
import { isGiven, isObject } from '../../domain/json-value.js';

/**
 * Reports what the shape of a rule's tests does not say.
 *
 * @param written the tests as they are written, some parts of which may be faulty and reported as such
 */
export function reportTestFaults(
  tests: readonly TestSection[],
  written: unknown,
  names: DeclaredNames,
  report: (fault: Fault) => void,
): void {
  tests.forEach(({ name, expect }, index) => {
    const at = ['tests', index];
    const test: unknown = Array.isArray(written) ? written[index] : undefined;
    const { events, file } = isObject(test) ? test : {};
    if (isGiven(events) === isGiven(file)) {
      report({
        code: 'invalid-value',
        at,
        message: `the test "${name}" has ${isGiven(events) ? 'events and a file' : 'no events'}`,
        hint: 'write either events: [{ type: fu }] or file: fixtures/events.json',
      });
    }
    expect?.channels?.forEach((channel, position) => {
      const fault = names.unknown('channels', channel, [...at, 'expect', 'channels', position]);
      if (fault !== undefined) report(fault);
    });
  });
}
