import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { RulesDocument } from '../document/rules-document.js';
import { isMapping } from './merge-override.js';
import type { Fault, Place, Problem } from '../problem.js';
import { validateSection } from './validate-section.js';
import { YamlSource, type Places } from './yaml-source.js';

/** In bytes. */
const longestFile = 10_000_000;

/** One rules file, read and checked for its shape. */
export interface RulesSource {
  readonly places: Places;
  /** The folder that its own file names are relative to; undefined for a text that may name no files. */
  readonly folder: string | undefined;
  /** As written, for overrides to merge into. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** Lacks what is faulty. */
  readonly document: RulesDocument;
  /** The places whose shape is faulty. */
  readonly faulty: readonly Place[];
}

export interface SourcesRead {
  /** The including file first, then what it includes, in the order of inclusion. */
  readonly sources: readonly RulesSource[];
  readonly problems: readonly Problem[];
  /** Whether the sources are all that the files say. If not, a name may be declared where it could not be read. */
  readonly complete: boolean;
  /** Absolute paths of all files that were looked for, there or not, and of the folders that globs look into. */
  readonly files: ReadonlySet<string>;
}

/**
 * Reads a rules file and everything it includes. With `text`, that stands for what the file holds.
 *
 * @param mayNameFiles false for a text from elsewhere, whose author must not read this machine's files with it
 */
export async function readSources(file: string, text?: string, mayNameFiles = true): Promise<SourcesRead> {
  const sources: RulesSource[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const folders = new Set<string>();
  let complete = true;
  const main = resolve(file);
  await read(main, text);
  return { sources, problems, complete, files: new Set([...seen, ...folders]) };

  async function read(path: string, given?: string): Promise<void> {
    seen.add(path);
    const name = displayName(path);
    const content = given ?? (await readText(path));
    if (content === undefined) {
      complete = false;
      problems.push({
        code: 'unreadable-file',
        file: name,
        line: 1,
        column: 1,
        message: `${name} can't be read`,
        hint: 'check that the file exists and may be read',
      });
      return;
    }
    const yaml = new YamlSource(name, content);
    problems.push(...yaml.syntaxProblems);
    complete &&= yaml.complete;
    if (yaml.value === undefined) return;
    const faulty: Place[] = [];
    const report = (fault: Fault) => {
      faulty.push(fault.at);
      problems.push(yaml.locate(fault));
    };
    if (!isMapping(yaml.value)) {
      complete = false;
      report(noMapping(yaml.value));
      return;
    }
    const raw = yaml.value;
    // The version that the including file names goes for what it includes.
    const versioned = path === main ? raw : { version: 1, ...raw };
    const document = validateSection(RulesDocument, versioned, [], report);
    complete &&= !faulty.some(([section]) => section === 'include');
    sources.push({ places: yaml, folder: mayNameFiles ? dirname(path) : undefined, raw, document, faulty });
    for (const [index, pattern] of (document.include ?? []).entries()) {
      // A faulty entry is a hole.
      if (typeof pattern !== 'string') continue;
      await include(pattern, dirname(path), (fault) => report({ ...fault, at: ['include', index] }));
    }
  }

  async function include(
    pattern: string,
    folder: string,
    report: (fault: Omit<Fault, 'at'>) => void,
  ): Promise<void> {
    if (!mayNameFiles || isAbsolute(pattern)) {
      complete = false;
      report(refusedFile(mayNameFiles));
      return;
    }
    const dynamic = isDynamicPattern(pattern);
    if (dynamic) folders.add(isDynamicPattern(dirname(pattern)) ? folder : resolve(folder, dirname(pattern)));
    const paths = dynamic
      ? (await glob(pattern, { cwd: folder, absolute: true, expandDirectories: false })).sort()
      : [resolve(folder, pattern)];
    for (const path of paths.map((found) => resolve(found)).filter((candidate) => !seen.has(candidate))) {
      if (dynamic || (await readText(path)) !== undefined) {
        await read(path);
        continue;
      }
      complete = false;
      seen.add(path);
      report({
        code: 'unreadable-file',
        message: `the included file ${pattern} can't be read`,
        hint: 'check the name; it is relative to this file',
      });
    }
  }
}

function noMapping(value: unknown): Fault {
  const message = value === null ? 'this rules file is empty' : 'a rules file is a mapping, and this is none';
  return { code: 'invalid-value', at: [], message, hint: 'start with version: 1, then channels: and rules:' };
}

/** Why a name of a file is not followed. */
export function refusedFile(mayNameFiles: boolean): Omit<Fault, 'at'> {
  return mayNameFiles
    ? {
        code: 'unreadable-file',
        message: 'an absolute path is not read',
        hint: 'put the file beside this rules file and write its name relative to it',
      }
    : {
        code: 'unreadable-file',
        message: 'a text that is posted to the router names no files',
        hint: 'write what the file holds into the text itself',
      };
}

/** The file's text, or undefined when it can't be read: it is absent, no regular file, or longer than 10 MB. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > longestFile) return undefined;
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

function displayName(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}
