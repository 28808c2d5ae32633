import { List, type Scalar } from '../../domain/matching/list.js';
import { suggest } from '../nearest.js';
import type { Fault, Problem } from '../problem.js';
import { displayName, readNamed, type RulesFolder } from '../yaml/rules-folder.js';
import { reportOddEntries } from '../lint/odd-entries.js';
import { isObject } from '../../domain/json-value.js';

/**
 * Compiles one file's `lists`: values inline, or a file with one value a line. In such a file blank lines and what follows
 * a # at a line's start or after a space are left out.
 *
 * @param reportLine reports what is wrong with a line of a list's file
 */
export async function compileLists(
  sections: Readonly<Record<string, unknown>>,
  folder: RulesFolder | undefined,
  report: (fault: Fault) => void,
  reportLine: (problem: Problem) => void,
): Promise<ReadonlyMap<string, List>> {
  const lists = new Map<string, List>();
  for (const [name, section] of Object.entries(sections)) {
    const reportBelow = (fault: Fault): void => report({ ...fault, at: ['lists', name, ...fault.at] });
    const entries = await entriesOf(name, section, folder, reportBelow, reportLine);
    if (Array.isArray(section))
      reportOddEntries(section, (index, fault) => reportBelow({ ...fault, at: [index] }));
    lists.set(name, new List(entries));
  }
  return lists;
}

async function entriesOf(
  name: string,
  section: unknown,
  folder: RulesFolder | undefined,
  report: (fault: Fault) => void,
  reportLine: (problem: Problem) => void,
): Promise<readonly Scalar[]> {
  if (section === null) return [];
  if (Array.isArray(section)) return section.filter((entry, index) => isScalarEntry(entry, index, report));
  if (!isObject(section)) {
    report({
      code: 'invalid-value',
      at: [],
      message: `${JSON.stringify(section)} is not a list`,
      hint: `write ${name}: [a, b], or ${name}: { file: lists/${name}.txt }`,
    });
    return [];
  }
  for (const key of Object.keys(section).filter((candidate) => candidate !== 'file')) {
    report({
      code: 'unknown-key',
      at: [key],
      target: 'key',
      message: `there is no key "${key}" here`,
      hint: suggest(key, ['file'], 'write { file: path }'),
    });
  }
  const { file } = section;
  if (typeof file === 'string' && file !== '') return readEntries(file, folder, report, reportLine);
  if (file !== undefined || Object.keys(section).length === 0) {
    report({
      code: 'invalid-value',
      at: file === undefined ? [] : ['file'],
      message: `the list "${name}" names no file`,
      hint: `write { file: lists/${name}.txt }, relative to this rules file`,
    });
  }
  return [];
}

function isScalarEntry(entry: unknown, index: number, report: (fault: Fault) => void): entry is Scalar {
  if (entry === null || typeof entry !== 'object') return true;
  report({
    code: 'invalid-value',
    at: [index],
    message: `${JSON.stringify(entry)} can't be a list entry`,
    hint: 'write strings, numbers, true or false',
  });
  return false;
}

async function readEntries(
  file: string,
  folder: RulesFolder | undefined,
  report: (fault: Fault) => void,
  reportLine: (problem: Problem) => void,
): Promise<readonly Scalar[]> {
  const read = await readNamed(file, folder);
  if (read.kind !== 'read') {
    const fault =
      read.kind === 'refused'
        ? read.fault
        : {
            code: 'unreadable-file' as const,
            message: `the list file ${file} can't be read`,
            hint: 'check the name; it is relative to this rules file',
          };
    report({ ...fault, at: ['file'] });
    return [];
  }
  const lines = read.text.split(/\r?\n/).map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  const place = { file: displayName(read.path), column: 1 };
  reportOddEntries(lines, (index, fault) => reportLine({ ...fault, ...place, line: index + 1 }));
  return lines.filter((line) => line !== '');
}
