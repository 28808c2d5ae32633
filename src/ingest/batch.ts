import { eventData } from '../domain/event.js';

/**
 * What a request body holds. `elements` are whatever JSON the sender put there, in order; an element that is
 * no event, and the undefined of a line that isn't JSON, are for the reader to count and skip.
 */
export type ParsedBatch =
  | { readonly kind: 'elements'; readonly elements: unknown[] }
  /** `message` says where reading stopped and what to send instead, and quotes nothing of the body. */
  | { readonly kind: 'unreadable'; readonly code: 'not-json' | 'no-batch'; readonly message: string };

const instead =
  'Send a JSON array of events, one event as a JSON object, {"logs": […]}, or JSON Lines (one object a line).';

/**
 * The first line of an array or envelope spread over lines. When such a document is cut short, its last whole
 * line would pass for JSON Lines, and the events before it, whose lines end in a comma, would be lost unseen.
 */
const opensDocument = /^\[|\[$|^\{$/;

/**
 * Reads any of the forms of Auth0's custom webhook stream, recognised by the text alone: a JSON array,
 * one JSON object, `{"logs": […]}`, or JSON Lines, which Auth0 also sends as `application/json`.
 */
export function parseBatch(text: string): ParsedBatch {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    return parseLines(body, error);
  }
  const elements = elementsOf(value);
  if (elements === undefined) {
    const found = value === null ? 'null' : `a ${typeof value}`;
    return {
      kind: 'unreadable',
      code: 'no-batch',
      message: `The body is ${found}, which holds no events. ${instead}`,
    };
  }
  return { kind: 'elements', elements };
}

/**
 * The elements of one JSON document, or undefined for a scalar. An object with a `logs` array is an envelope.
 * Should it be an event as well, nothing says which of the two was meant, so both are taken and none is lost.
 */
function elementsOf(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) {
    return value;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  if ('logs' in value && Array.isArray(value.logs)) {
    return eventData(value) === undefined ? value.logs : [value, ...value.logs];
  }
  return [value];
}

function parseLines(body: string, cause: unknown): ParsedBatch {
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  const [first] = lines;
  if (first === undefined) {
    return { kind: 'unreadable', code: 'no-batch', message: `The body is empty. ${instead}` };
  }
  if (opensDocument.test(first.trim()) && parseLine(first) === undefined) {
    return notJson(body, cause);
  }
  const documents = lines.map(parseLine);
  if (documents.every((document) => document === undefined)) {
    return notJson(body, cause);
  }
  return { kind: 'elements', elements: documents.flatMap((document) => document ?? [undefined]) };
}

/** A line's elements; undefined where the line is no JSON or a scalar, as it can't hold an event. */
function parseLine(line: string): unknown[] | undefined {
  try {
    return elementsOf(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function notJson(body: string, cause: unknown): ParsedBatch {
  const where = failureAt(body, cause);
  return { kind: 'unreadable', code: 'not-json', message: `The body is not JSON${where}. ${instead}` };
}

/** Where JSON.parse gave up, as far as V8 reports it: a position for most faults, otherwise only the character. */
function failureAt(body: string, cause: unknown): string {
  const reason = cause instanceof Error ? cause.message : '';
  const token = /^Unexpected token '([\x21-\x7e])'/.exec(reason)?.[1];
  if (token !== undefined) {
    return `: a ${token} is not allowed there`;
  }
  const position = reason.startsWith('Unexpected end')
    ? body.length
    : Number(/at position (\d+)/.exec(reason)?.[1]);
  if (Number.isNaN(position)) {
    return '';
  }
  const before = body.slice(0, position).split('\n');
  return `: reading stopped at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}
