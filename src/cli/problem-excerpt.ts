import { readFile } from 'node:fs/promises';
import { kindOf, type Problem, type ProblemKind } from '../rules/problem.js';
import { ShownLines } from '../rules/secret-text.js';
import { styled, type CliIo } from './cli-io.js';

const kindColours = { error: 'red', warning: 'yellow', note: 'cyan' } as const satisfies Record<
  ProblemKind,
  string
>;
/** How much of a source line is shown. */
const lineWidth = 110;

/**
 * Prints problems, each with its line of the file and a caret below its place. A line that may hold a secret, as those
 * below `channels` may, is not shown: what is printed in a build is read by many.
 *
 * @param stdin what the standard input held, where problems are in it
 */
export async function printProblems(problems: readonly Problem[], io: CliIo, stdin?: string): Promise<void> {
  const files = new Map<string, readonly string[]>();
  for (const problem of problems) {
    const lines = files.get(problem.file) ?? (await linesOf(problem.file, stdin));
    files.set(problem.file, lines);
    for (const line of excerpt(problem, lines[problem.line - 1], io)) io.out(line);
  }
}

function excerpt(problem: Problem, source: string | undefined, io: CliIo): string[] {
  const { file, line, column, code, message, hint } = problem;
  const kind = kindOf(code);
  const named = styled(io, kindColours[kind], kind);
  const head = `${styled(io, 'bold', `${file}:${line}:${column}`)}: ${named}: ${message} ${styled(io, 'dim', `[${code}]`)}`;
  const shownHint = `    ${styled(io, 'cyan', 'hint:')} ${hint}`;
  // A note is nothing to mend, so it takes little room.
  return kind === 'note'
    ? [head, shownHint]
    : [head, ...sourceLines(line, column, source, io), shownHint, ''];
}

function sourceLines(line: number, column: number, source: string | undefined, io: CliIo): string[] {
  if (source === undefined || source.trim() === '') return [];
  // Of a line that is too long, the part around the place.
  const from = Math.max(0, Math.min(column - lineWidth / 2, source.length - lineWidth));
  const shown = source.slice(from, from + lineWidth);
  const below = shown.slice(0, column - 1 - from).replace(/[^\t]/g, ' ');
  const gutter = ' '.repeat(String(line).length);
  return [
    `    ${styled(io, 'dim', `${line} |`)} ${shown}`,
    `    ${styled(io, 'dim', `${gutter} |`)} ${below}${styled(io, 'red', '^')}`,
  ];
}

async function linesOf(file: string, stdin: string | undefined): Promise<readonly string[]> {
  try {
    const text = file === '-' && stdin !== undefined ? stdin : await readFile(file, 'utf8');
    const shown = new ShownLines(text);
    return text.split(/\r?\n/).map((line, index) => (shown.has(index + 1) ? line : ''));
  } catch {
    return [];
  }
}
