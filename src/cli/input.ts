import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseBatch } from '../ingest/batch.js';
import { UsageError, type CliIo } from './cli-io.js';

/** How much of a file is read at a time, in bytes. */
const pieceBytes = 64 * 1024;

export interface Input {
  readonly pieces: AsyncIterable<Buffer>;
  /** In bytes; undefined where that can't be told. */
  readonly size?: number;
}

/** A file, or the standard input for `-`. @throws UsageError where there is none */
export async function openInput(file: string, io: CliIo): Promise<Input> {
  if (file === '-') return { pieces: io.stdin };
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) throw new UsageError(`${file} can't be read`);
  if (found.isDirectory()) throw new UsageError(`${file} is a folder`);
  return {
    pieces: createReadStream(file, { highWaterMark: pieceBytes }),
    size: found.isFile() ? found.size : undefined,
  };
}

/** The elements of a small file of events, in any form that Auth0 sends. @throws UsageError where there are none */
export async function readElements(file: string, io: CliIo): Promise<readonly unknown[]> {
  const { pieces } = await openInput(file, io);
  const batch = parseBatch(await text(pieces as AsyncIterable<Buffer> & NodeJS.ReadableStream));
  if (batch.kind === 'unreadable') throw new UsageError(`${file}: ${batch.message}`);
  return batch.elements;
}
