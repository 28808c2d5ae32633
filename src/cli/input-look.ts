import { UsageError } from './cli-io.js';
import { printable } from './printable.js';
import { isObject } from '../domain/json-value.js';

/** How much of an input's beginning, in bytes, is looked at to say what it is. */
export const lookedAt = 4096;

const instead = 'Give JSON lines or a JSON array of events, as GET /api/v2/logs and log streams send them.';

/** What messages call a file, or the standard input. */
export function inputName(file: string): string {
  return file === '-' ? 'the standard input' : file;
}

/** The first bytes of files that have to be unpacked; the program after each does so on the standard output. */
const archives: ReadonlyArray<readonly [bytes: string, name: string, unpacker: string]> = [
  ['504b0304', 'a zip archive', 'unzip -p'],
  ['28b52ffd', 'zstd', 'zstdcat'],
  ['425a68', 'bzip2', 'bzcat'],
  ['fd377a585a00', 'xz', 'xzcat'],
];

/**
 * Describes an input that holds no event.
 *
 * @param head its first bytes, unpacked
 * @param fault where reading it stopped and what to give instead, if that is known
 */
export function noEvents(file: string, head: Buffer, fault = instead): UsageError {
  return new UsageError(`${inputName(file)} holds no events: ${lookOf(head.subarray(0, lookedAt))} ${fault}`);
}

function lookOf(head: Buffer): string {
  const hex = head.toString('hex', 0, 8);
  const archive = archives.find(([bytes]) => hex.startsWith(bytes));
  if (archive !== undefined)
    return `it is ${archive[1]}; unpack it first: ${archive[2]} … | alert-router … -.`;
  if (/^(fffe|feff)/.test(hex)) return 'it is UTF-16 text; save it as UTF-8.';
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  if (text === '') return 'it is empty.';
  if (text.includes('\0')) return 'it is not text.';
  if (text.startsWith('<')) return 'it looks like HTML or XML, such as the page of a login or a proxy.';
  return lookOfJson(text) ?? lookOfText(text);
}

function lookOfJson(text: string): string | undefined {
  const value = parse(text) ?? parse(text.split('\n', 1)[0] ?? '');
  if (isObject(value)) {
    const { statusCode, error, message } = value;
    const said = [statusCode, error, message].filter((part) => ['string', 'number'].includes(typeof part));
    if (error !== undefined || statusCode !== undefined)
      return `it looks like the answer of an API that refused: ${shown(said.join(' '))}.`;
  }
  if (Array.isArray(value) && value.length === 0) return 'it is an empty list.';
  if (value !== undefined || /^[[{]/.test(text))
    return 'it looks like JSON, but no object in it has the type of an event.';
  return undefined;
}

function lookOfText(text: string): string {
  const [line = ''] = text.split('\n', 1);
  const columns = Math.max(...[',', ';', '\t'].map((separator) => line.split(separator).length));
  return columns > 1 && !/[{}]/.test(line)
    ? `it looks like a table (CSV) that begins with "${shown(line)}".`
    : `it is text that is not JSON and begins with "${shown(line)}".`;
}

function shown(text: string): string {
  const line = printable(text.trim());
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
