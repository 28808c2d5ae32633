import { readdir, type Dirent } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, resolve, sep, relative } from 'node:path';
import { glob, type FileSystemAdapter } from 'tinyglobby';
import type { Fault } from '../problem.js';
import { decodeText, type Decoded } from './decode-text.js';

/** In bytes. */
const longestFile = 10_000_000;
/** How many files one glob may find, and how many folder entries it may look at for that. */
const maxFound = 1_000;
const maxLookedAt = 20_000;

/** Where the names in a rules file start. Both are absolute paths. */
export interface RulesFolder {
  /** The folder of the file that contains the names. */
  readonly path: string;
  /** The real path of the folder of the rules file that was loaded; nothing outside it is read. */
  readonly root: string;
}

export type FileRead =
  | { readonly kind: 'read'; readonly path: string; readonly text: string }
  /** It is absent, no regular file, or longer than 10 MB. */
  | { readonly kind: 'unreadable'; readonly path: string }
  | { readonly kind: 'refused'; readonly fault: FileFault };

export type FilesFound =
  | { readonly kind: 'found'; readonly paths: readonly string[] }
  | { readonly kind: 'refused'; readonly fault: FileFault };

type FileFault = Omit<Fault, 'at'>;

/**
 * The folder in which a rules file lies by its name. The file itself may be a symbolic link, as in a Kubernetes
 * ConfigMap, where it leads to a folder beside it.
 */
export async function rulesFolderOf(file: string): Promise<RulesFolder> {
  const path = dirname(resolve(file));
  return { path, root: await realpath(path).catch(() => path) };
}

/** Reads a file that a rules file names. `folder` is undefined for a text that may name none. */
export async function readNamed(name: string, folder: RulesFolder | undefined): Promise<FileRead> {
  const refused = refusalOf(name, folder);
  if (refused !== undefined || folder === undefined) return { kind: 'refused', fault: refused ?? posted };
  const path = resolve(folder.path, name);
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return { kind: 'unreadable', path };
  if (!isBelow(real, folder.root)) return { kind: 'refused', fault: leadsOut(name) };
  const decoded = await readText(real);
  if (decoded === undefined) return { kind: 'unreadable', path };
  if (!decoded.ok) return { kind: 'refused', fault: notUtf8(name, decoded) };
  return { kind: 'read', path, text: decoded.text };
}

/** The files that a glob finds, in the order of their names. */
export async function findNamed(pattern: string, folder: RulesFolder | undefined): Promise<FilesFound> {
  const refused = refusalOf(pattern, folder);
  if (refused !== undefined || folder === undefined) return { kind: 'refused', fault: refused ?? posted };
  const fence = new FencedFolders(folder.root);
  const found = await glob(pattern, {
    cwd: folder.path,
    absolute: true,
    expandDirectories: false,
    fs: { readdir: fence.readdir },
  });
  if (fence.exceeded || found.length > maxFound) return { kind: 'refused', fault: tooMany(pattern) };
  return { kind: 'found', paths: found.map((path) => resolve(path)).sort() };
}

/** The file's text, or undefined when it is absent, no regular file, or longer than 10 MB. */
export async function readText(path: string): Promise<Decoded | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > longestFile) return undefined;
    return decodeText(await readFile(path));
  } catch {
    return undefined;
  }
}

/** The fault of a file in another encoding. */
export function notUtf8(name: string, { encoding, line }: Extract<Decoded, { ok: false }>): FileFault {
  return {
    code: 'unreadable-file',
    message:
      encoding === 'UTF-16'
        ? `${name} is in UTF-16, not in UTF-8`
        : `${name} is not in UTF-8, as its line ${line} shows`,
    hint: 'save it as UTF-8: editors offer the encoding beside "save as"',
  };
}

type Listing = (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void;

/** Shows a glob the folders below the root, as empty all others, and stops it once it has looked at too much. */
class FencedFolders {
  private lookedAt = 0;

  constructor(private readonly root: string) {}

  get exceeded(): boolean {
    return this.lookedAt > maxLookedAt;
  }

  readonly readdir = ((path: string, options: { withFileTypes: true }, done: Listing): void => {
    const list = async (): Promise<Dirent[]> => {
      const real = await realpath(path).catch(() => undefined);
      if (real === undefined || !isBelow(real, this.root) || this.exceeded) return [];
      const entries = await new Promise<Dirent[]>((found) =>
        readdir(path, options, (error, listed) => found(error === null ? listed : [])),
      );
      this.lookedAt += entries.length;
      return this.exceeded ? [] : entries;
    };
    void list().then((entries) => done(null, entries));
  }) as FileSystemAdapter['readdir'];
}

function refusalOf(name: string, folder: RulesFolder | undefined): FileFault | undefined {
  if (folder === undefined) return posted;
  if (isAbsolute(name)) return notRead('an absolute path is not read');
  // Whatever a glob may have around it: {..,x}/*
  if (/(^|[^\w.-])\.\.($|[^\w.-])/.test(name)) return notRead('a name with .. is not read');
  return undefined;
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

const posted: FileFault = {
  code: 'unreadable-file',
  message: 'a text that is posted to the router names no files',
  hint: 'write what the file holds into the text itself',
};

function notRead(message: string): FileFault {
  return {
    code: 'unreadable-file',
    message,
    hint: 'put the file into the folder of the rules file or below it, and write its name relative to this file',
  };
}

function leadsOut(name: string): FileFault {
  return {
    code: 'unreadable-file',
    message: `${name} leads out of the folder of the rules file`,
    hint: 'put the file itself there; a symbolic link may only lead to what lies in that folder or below it',
  };
}

function tooMany(pattern: string): FileFault {
  return {
    code: 'unreadable-file',
    message: `${pattern} looks at more than ${maxLookedAt} files and folders, or finds more than ${maxFound} files`,
    hint: 'name the folder that holds them, such as rules/*.yaml',
  };
}

/** How problems name a file: from the current folder where it lies below that, otherwise by its absolute path. */
export function displayName(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}
