import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { RulesDocument } from './document/rules-document.js';
import type { Fault, Problem } from './problem.js';
import { validateSection } from './validate-section.js';
import { YamlSource } from './yaml-source.js';

/** One rules file, read and checked for its shape. */
export interface RulesSource {
  readonly yaml: YamlSource;
  /** The folder that its own file names are relative to. */
  readonly folder: string;
  /** As written, for overrides to merge into. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly document: RulesDocument;
}

/** Every file read so far is watched for changes, whether or not it was any good. */
export interface SourcesRead {
  /** The including file first, then what it includes, in the order of inclusion. */
  readonly sources: readonly RulesSource[];
  readonly problems: readonly Problem[];
}

/** Reads a rules file and everything it includes. With `text`, that stands for what the file holds. */
export async function readSources(file: string, text?: string): Promise<SourcesRead> {
  const sources: RulesSource[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  await read(resolve(file), text);
  return { sources, problems };

  async function read(path: string, given?: string): Promise<void> {
    seen.add(path);
    const name = displayName(path);
    const content = given ?? (await readText(path));
    if (content === undefined) {
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
    if (yaml.syntaxProblems.length > 0) {
      problems.push(...yaml.syntaxProblems);
      return;
    }
    const report = (fault: Fault) => void problems.push(yaml.locate(fault));
    const raw = yaml.value;
    const document = validateSection(RulesDocument, raw, [], report);
    if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) return;
    sources.push({ yaml, folder: dirname(path), raw: raw as Record<string, unknown>, document });
    const includes = Array.isArray(document.include) ? document.include : [];
    for (const [index, pattern] of includes.entries())
      await include(String(pattern), dirname(path), (fault) => report({ ...fault, at: ['include', index] }));
  }

  async function include(
    pattern: string,
    folder: string,
    report: (fault: Omit<Fault, 'at'>) => void,
  ): Promise<void> {
    const dynamic = isDynamicPattern(pattern);
    const paths = dynamic
      ? (await glob(pattern, { cwd: folder, absolute: true, expandDirectories: false })).sort()
      : [resolve(folder, pattern)];
    for (const path of paths.filter((candidate) => !seen.has(candidate))) {
      if (!dynamic && (await readText(path)) === undefined) {
        seen.add(path);
        report({
          code: 'unreadable-file',
          message: `the included file ${pattern} can't be read`,
          hint: 'check the name; it is relative to this file',
        });
      } else {
        await read(path);
      }
    }
  }
}

/** The file's text, or undefined when it can't be read. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

function displayName(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}
