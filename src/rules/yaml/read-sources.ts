import { dirname, relative, resolve } from 'node:path';
import { isDynamicPattern } from 'tinyglobby';
import { RulesDocument } from '../schema/rules-document.js';
import { isError, type Fault, type Place, type Problem } from '../problem.js';
import { isSecretPlace } from '../secret-text.js';
import type { Decoded } from './decode-text.js';
import {
  displayName,
  findNamed,
  notUtf8,
  readNamed,
  readText,
  rulesFolderOf,
  type RulesFolder,
} from './rules-folder.js';
import { validateSection } from './validate-section.js';
import { YamlSource, type Places } from './yaml-source.js';
import { isObject } from '../../domain/json-value.js';

/** How many files a rules file may be made of. */
const maxFiles = 1_000;

/** One rules file, read and checked for its shape. */
export interface RulesSource {
  readonly places: Places;
  /** What its own file names are relative to; undefined for a text that may name no files. */
  readonly folder: RulesFolder | undefined;
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
 * Reads a rules file and everything it includes. `text`, when given, is used instead of the file's content.
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
  const { root } = await rulesFolderOf(main);
  const decoded = text === undefined ? await readText(main) : { ok: true as const, text };
  if (decoded?.ok === false) reportEncoding(decoded);
  else await read(main, decoded?.text);

  return { sources, problems, complete, files: new Set([...seen, ...folders]) };

  function reportEncoding(wrong: Extract<Decoded, { ok: false }>): void {
    seen.add(main);
    complete = false;
    const shown = displayName(main);
    problems.push({ ...notUtf8(shown, wrong), file: shown, line: wrong.line, column: 1 });
  }

  async function read(path: string, content: string | undefined): Promise<void> {
    seen.add(path);
    const name = displayName(path);
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
    if (!isObject(yaml.value)) {
      complete = false;
      report(noMapping(yaml.value));
      return;
    }
    const raw = withoutAnchorKeys(yaml.value);
    // The version that the including file names goes for what it includes.
    const versioned = path === main ? raw : { version: 1, ...raw };
    const document = validateSection(RulesDocument, versioned, [], report, isSecretPlace);
    complete &&= !faulty.some(([section]) => section === 'include');
    const folder = mayNameFiles ? { path: dirname(path), root } : undefined;
    sources.push({ places: yaml, folder, raw, document, faulty });
    for (const [index, pattern] of (document.include ?? []).entries()) {
      // A faulty entry is a hole.
      if (typeof pattern !== 'string') continue;
      await include(pattern, folder, (fault) => {
        const at = ['include', index];
        if (!isError(fault.code)) {
          problems.push(yaml.locate({ ...fault, at }));
          return;
        }
        complete = false;
        report({ ...fault, at });
      });
    }
  }

  async function include(
    pattern: string,
    folder: RulesFolder | undefined,
    report: (fault: Omit<Fault, 'at'>) => void,
  ): Promise<void> {
    if (!isDynamicPattern(pattern)) {
      await includeFile(pattern, folder, report);
      return;
    }
    const found = await findNamed(pattern, folder);
    if (found.kind === 'refused' || folder === undefined) {
      if (found.kind === 'refused') report(found.fault);
      return;
    }
    folders.add(isDynamicPattern(dirname(pattern)) ? folder.path : resolve(folder.path, dirname(pattern)));
    if (found.paths.length === 0) report(nothingFound(pattern));
    for (const path of found.paths) await includeFile(relative(folder.path, path), folder, report);
  }

  async function includeFile(
    name: string,
    folder: RulesFolder | undefined,
    report: (fault: Omit<Fault, 'at'>) => void,
  ): Promise<void> {
    if (folder !== undefined && seen.has(resolve(folder.path, name))) return;
    if (seen.size >= maxFiles) {
      report(tooManyFiles);
      return;
    }
    const named = await readNamed(name, folder);
    switch (named.kind) {
      case 'read':
        await read(named.path, named.text);
        return;
      case 'refused':
        report(named.fault);
        return;
      case 'unreadable':
        seen.add(named.path);
        report({
          code: 'unreadable-file',
          message: `the included file ${name} can't be read`,
          hint: 'check the name; it is relative to this file',
        });
    }
  }
}

/** Keys that start with x- hold anchors for other parts of the file, and mean nothing themselves. */
function withoutAnchorKeys(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('x-')));
}

const tooManyFiles: Omit<Fault, 'at'> = {
  code: 'unreadable-file',
  message: `more than ${maxFiles} files are included`,
  hint: 'put several of them into one file',
};

function nothingFound(pattern: string): Omit<Fault, 'at'> {
  return {
    code: 'empty-include',
    message: `no file fits ${pattern}`,
    hint: 'check the name; it is relative to this file. Files that come later are taken in then',
  };
}

function noMapping(value: unknown): Fault {
  const message = value === null ? 'this rules file is empty' : 'a rules file is a mapping, and this is none';
  return { code: 'invalid-value', at: [], message, hint: 'start with version: 1, then channels: and rules:' };
}
