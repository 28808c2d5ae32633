import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable, pipeline } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { readEvents, type EventChunk, type ExportCounts } from '../replay/read-events.js';
import { eventData } from '../domain/event.js';
import { parseBatch } from '../ingest/batch.js';
import { UsageError, type CliIo } from './cli-io.js';
import { inputName, lookedAt, noEvents } from './input-look.js';

/** How much of a file is read at a time, in bytes. */
const pieceBytes = 64 * 1024;

export interface Input {
  /** Unpacked where it is gzip. */
  readonly pieces: AsyncIterable<Buffer>;
  /** In bytes, as they come in `pieces`; undefined where the size is unknown. */
  readonly size?: number;
}

/** A file, or the standard input for `-`. @throws UsageError where there is none, or it can't be read */
export async function openInput(file: string, io: CliIo): Promise<Input> {
  const found = file === '-' ? undefined : await stat(file).catch(() => undefined);
  if (file !== '-' && found === undefined) throw new UsageError(`${file} can't be read`);
  if (found?.isDirectory()) throw new UsageError(`${file} is a folder`);
  const source = found === undefined ? io.stdin : createReadStream(file, { highWaterMark: pieceBytes });
  const iterator = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const head = await firstPiece(iterator, file);
  const whole = withHead(head, iterator);
  // RFC 1952: what every gzip file begins with.
  if (head[0] === 0x1f && head[1] === 0x8b) {
    const unpacked = pipeline(Readable.from(whole), createGunzip(), () => undefined);
    return { pieces: readable(unpacked, file) };
  }
  return { pieces: readable(whole, file), size: found?.isFile() ? found.size : undefined };
}

/** At least two bytes, where there are as many: a pipe may give them one at a time. */
async function firstPiece(iterator: AsyncIterator<Buffer>, file: string): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  try {
    while (head.length < 2) {
      const next = await iterator.next();
      if (next.done === true) break;
      head = Buffer.concat([head, next.value]);
    }
    return head;
  } catch (error) {
    throw unreadable(error, file);
  }
}

async function* withHead(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  yield* { [Symbol.asyncIterator]: () => iterator };
}

async function* readable(pieces: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  try {
    yield* pieces;
  } catch (error) {
    throw unreadable(error, file);
  }
}

function unreadable(error: unknown, file: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  if (code.startsWith('Z_'))
    return new UsageError(`${inputName(file)} is gzip that is damaged or cut short (${code})`);
  return new UsageError(`${inputName(file)} can't be read (${code})`);
}

/** The events of an export of any size. @throws UsageError where it holds none, which says what it looks like */
export async function* eventsIn(
  { pieces }: Input,
  file: string,
  counts: ExportCounts,
): AsyncGenerator<EventChunk> {
  let head: Buffer = Buffer.alloc(0);
  const remembered = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      if (head.length < lookedAt) head = Buffer.concat([head, piece]).subarray(0, lookedAt);
      yield piece;
    }
  };
  try {
    yield* readEvents(remembered(), counts);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`${inputName(file)}: ${error.message}`);
    throw error;
  }
  if (counts.events === 0) throw noEvents(file, head);
}

/** A line about what an export holds beside events, if it holds anything. */
export function skippedWarnings({ skipped }: ExportCounts): string[] {
  return skipped > 0 ? [`${skipped} elements or lines are no events, and were skipped`] : [];
}

/** The elements of a small file of events, in any form that Auth0 sends. @throws UsageError where there are none */
export async function readElements(file: string, io: CliIo): Promise<readonly unknown[]> {
  const { pieces } = await openInput(file, io);
  const whole = await text(pieces);
  const batch = parseBatch(whole);
  const elements = batch.kind === 'unreadable' ? [] : batch.elements;
  if (!elements.some((element) => eventData(element) !== undefined))
    throw noEvents(file, Buffer.from(whole), batch.kind === 'unreadable' ? batch.message : undefined);
  return elements;
}
