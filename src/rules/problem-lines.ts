import type { Problem } from './problem.js';

/** Problems as a person reads them in a terminal, two lines each. */
export function problemLines(problems: readonly Problem[]): string[] {
  return problems.flatMap(({ file, line, column, code, message, hint }) => [
    `  ${file}:${line}:${column} ${message} [${code}]`,
    `      ${hint}`,
  ]);
}
