import { suggest } from '../nearest.js';
import { problemCodes, warningCodes, type Fault } from '../problem.js';

/** Reports what a rule's `lint` turns off and can't. */
export function reportLintFaults(
  lint: Readonly<Record<string, unknown>>,
  report: (fault: Fault) => void,
): void {
  for (const code of Object.keys(lint)) {
    if ((warningCodes as readonly string[]).includes(code)) continue;
    const isError = (problemCodes as readonly string[]).includes(code);
    report({
      code: 'unknown-key',
      at: ['lint', code],
      target: 'key',
      message: isError ? `"${code}" is an error, which can't be turned off` : `there is no warning "${code}"`,
      hint: isError ? 'remove it' : suggest(code, warningCodes, 'remove it'),
    });
  }
}
