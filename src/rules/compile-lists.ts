import { resolve } from 'node:path';
import { List, type Scalar } from '../domain/match/list.js';
import type { Fault } from './problem.js';
import { readText } from './read-sources.js';

/** Compiles one file's `lists`: values inline, or a file with one value a line (blank lines and # comments left out). */
export async function compileLists(
  sections: Readonly<Record<string, unknown>>,
  folder: string,
  report: (fault: Fault) => void,
): Promise<ReadonlyMap<string, List>> {
  const lists = new Map<string, List>();
  for (const [name, section] of Object.entries(sections)) {
    lists.set(
      name,
      new List(
        await entriesOf(section, folder, (fault) => report({ ...fault, at: ['lists', name, ...fault.at] })),
      ),
    );
  }
  return lists;
}

async function entriesOf(
  section: unknown,
  folder: string,
  report: (fault: Fault) => void,
): Promise<readonly Scalar[]> {
  if (section === null) return [];
  if (Array.isArray(section)) {
    return section.filter((entry, index): entry is Scalar => {
      if (entry === null || typeof entry !== 'object') return true;
      report({
        code: 'invalid-value',
        at: [index],
        message: 'a list holds scalars only',
        hint: 'write strings, numbers, true or false',
      });
      return false;
    });
  }
  const keys = typeof section === 'object' ? Object.keys(section) : [];
  const file: unknown = keys.length === 1 ? (section as Record<string, unknown>)['file'] : undefined;
  if (typeof file !== 'string') {
    report({
      code: 'invalid-value',
      at: [],
      message: 'a list is a list of values, or a file',
      hint: 'write [a, b], or { file: lists/name.txt }',
    });
    return [];
  }
  const text = await readText(resolve(folder, file));
  if (text === undefined) {
    report({
      code: 'unreadable-file',
      at: ['file'],
      message: `the list file ${file} can't be read`,
      hint: 'check the name; it is relative to this rules file',
    });
    return [];
  }
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
