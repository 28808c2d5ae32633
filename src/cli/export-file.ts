import { open, type FileHandle } from 'node:fs/promises';
import { isObject } from '../domain/json-value.js';
import { logIdOf } from '../auth0/log-page.js';
import { UsageError } from './cli-io.js';

const newline = 0x0a;
/** How much of a file's end is read at a time, in bytes. */
const pieceBytes = 64 * 1024;

/** An export in JSON Lines, which is written page by page and can be continued. */
export class ExportFile {
  private constructor(
    private readonly file: FileHandle,
    /** The last event that is whole in the file; undefined where the file is new or empty. `at`: its date, in ms. */
    readonly last: { readonly logId: string; readonly at: number | undefined } | undefined,
  ) {}

  /**
   * Opens a file, or creates it. A last line that is only half there, since writing it was interrupted, is cut off.
   *
   * @throws UsageError where the file can't be written, or its last line is no event
   */
  static async open(path: string): Promise<ExportFile> {
    // It holds personal data, so others on the machine can't read it.
    const file = await open(path, 'a+', 0o600).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`${path} can't be written (${error.code ?? error.message})`);
    });
    try {
      const found = await file.stat();
      if (!found.isFile())
        throw new UsageError(`${path} is no file; without --out, events go to the standard output`);
      const { size } = found;
      const end = await lastNewline(file, size);
      const line = end < 0 ? '' : await textBetween(file, (await lastNewline(file, end)) + 1, end);
      const last = end < 0 ? undefined : eventIn(line);
      if (last === undefined && size > 0 && (end >= 0 || !(await looksLikeEvent(file))))
        throw new UsageError(
          `${path} is no export that can be continued: its last line is no event. Give another --out`,
        );
      await file.truncate(end + 1);
      return new ExportFile(file, last);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async append(text: string): Promise<void> {
    await this.file.appendFile(text);
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

/** The place of the last newline before `end`, or -1. */
async function lastNewline(file: FileHandle, end: number): Promise<number> {
  for (let to = end; to > 0; to -= pieceBytes) {
    const from = Math.max(0, to - pieceBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
    const found = buffer.subarray(0, bytesRead).lastIndexOf(newline);
    if (found >= 0) return from + found;
  }
  return -1;
}

async function textBetween(file: FileHandle, from: number, to: number): Promise<string> {
  const { buffer } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
  return buffer.toString('utf8');
}

/** Whether a file without one whole line can be the beginning of an export. */
async function looksLikeEvent(file: FileHandle): Promise<boolean> {
  return (await textBetween(file, 0, 2)).startsWith('{"');
}

function eventIn(line: string): ExportFile['last'] {
  try {
    const event: unknown = JSON.parse(line);
    const logId = isObject(event) ? logIdOf(event) : undefined;
    if (!isObject(event) || logId === undefined) return undefined;
    const at = typeof event['date'] === 'string' ? Date.parse(event['date']) : Number.NaN;
    return { logId, at: Number.isNaN(at) ? undefined : at };
  } catch {
    return undefined;
  }
}
