import type { DeclaredNames } from '../source/declared-names.js';
import type { TestSection } from '../document/test-section.js';
import type { Fault } from '../problem.js';

/** Reports what the shape of a rule's tests does not say. */
export function reportTestFaults(
  tests: readonly TestSection[],
  names: DeclaredNames,
  report: (fault: Fault) => void,
): void {
  tests.forEach(({ name, events, file, expect }, index) => {
    const at = ['tests', index];
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

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
