import { readdirSync, readFileSync } from 'node:fs';
import { loadRules } from './load-rules.js';
import { isError, problemCodes, type Problem, type ProblemCode } from './problem.js';

const folder = 'test/fixtures/rules-faults/';
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const expectation = /^# expect: (\S+) (?:(\S+):)?(\d+):(\d+) (.+)$/;

/** What the comments at the head of a fixture expect: `code [file:]line:column message -> hint`, … for any text. */
function expectedOf(name: string): string[] {
  return readFileSync(folder + name, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, code, file, lineNumber, column, words] = expectation.exec(line) ?? [];
      return code === undefined ? [] : [`${code} ${file ?? name}:${lineNumber}:${column} ${words}`];
    });
}

function written({ code, file, line, column, message, hint }: Problem): string {
  return `${code} ${file}:${line}:${column} ${message} -> ${hint}`.replaceAll(folder, '');
}

function matching(pattern: string): unknown {
  const literal = pattern.split('…').map((part) => part.trim().replace(/[^\w\s]/g, String.raw`\$&`));
  return expect.stringMatching(new RegExp(`^${literal.join('.*')}$`));
}

describe('every fault', () => {
  it.each(files)('is reported at its place, with what to write instead: %s', async (name) => {
    const loaded = await loadRules(folder + name, {}, undefined, 'error', 'all');
    const expected = expectedOf(name);
    expect(expected).not.toEqual([]);
    const problems = [...(loaded.ok ? [] : loaded.problems), ...loaded.warnings, ...loaded.notes].map(
      written,
    );
    expect(problems).toEqual(expected.map(matching));
  });

  it('has a fixture, whatever its code', () => {
    const codes = files.flatMap((name) => expectedOf(name).map((line) => line.split(' ', 1)[0]));
    // These come of running the tests, of the process that checks, and of a check of the rules without their environment.
    const elsewhere = ['failing-test', 'limit-exceeded', 'check-failed', 'unset-variable'];
    expect([...new Set(codes)].sort()).toEqual(
      problemCodes.filter((code) => !elsewhere.includes(code)).toSorted(),
    );
  });

  it('keeps the rules from being put in force where it is an error, and only there', async () => {
    const refused: string[] = [];
    for (const name of files) if (!(await loadRules(folder + name, {})).ok) refused.push(name);
    const isRefused = (name: string) =>
      expectedOf(name).some((line) => isError(line.split(' ', 1)[0] as ProblemCode));
    expect(refused).toEqual(files.filter(isRefused));
  });

  it('is reported for a rules file that is not there', async () => {
    const loaded = await loadRules(`${folder}absent.yaml`, {});
    expect(loaded).toMatchObject({
      ok: false,
      problems: [{ code: 'unreadable-file', file: `${folder}absent.yaml`, line: 1, column: 1 }],
    });
  });
});
