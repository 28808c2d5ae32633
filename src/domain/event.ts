import { storable } from './text.js';
import { isObject } from './json-value.js';

/** One entry of an Auth0 log stream, the same whichever form it arrived in. */
export interface LogEvent {
  /** What a second delivery is recognised by. Never empty, at most 255 UTF-16 units, storable in any database. */
  readonly logId: string;
  /** Auth0's event code, such as `fu`. Never empty; an unknown code is normal. */
  readonly type: string;
  /** When it happened, in ms since the epoch. Never later than the moment it was normalised. */
  readonly at: number;
  /** The entry's `data` as Auth0 sent it, with `log_id` filled in where only the envelope had one. */
  readonly data: Readonly<Record<string, unknown>>;
}

const idLength = 255;
const isoDate = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/i;

/** An event as it came in: all that rules can match on, before anything is made of it. */
export interface ReceivedEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** What it is to be recognised by, not yet storable; undefined where neither the envelope nor the data has an id. */
  readonly id: string | number | undefined;
}

/**
 * Reads one element of a batch: `{log_id, data: {type, …}}` or the bare `{type, …}`.
 * Undefined when the element is no event, that is no object whose `type` is a non-empty string.
 */
export function readEvent(element: unknown): ReceivedEvent | undefined {
  const data = eventData(element);
  if (data === undefined) {
    return undefined;
  }
  const ownId = readId(data['log_id']);
  const id = (isObject(element) ? readId(element['log_id']) : undefined) ?? ownId;
  return {
    type: data['type'],
    // Spreading defines properties instead of assigning them, so an own `__proto__` key stays a mere key.
    data: ownId === undefined && id !== undefined ? { ...data, log_id: storableId(id) } : data,
    id,
  };
}

/**
 * The log event that a received one is. Its id is the envelope's `log_id`, else the data's, else `newId()`: an event
 * that came without an id can't be recognised when it is delivered again, and alerts a second time.
 */
export function toLogEvent({ type, data, id }: ReceivedEvent, now: number, newId: () => string): LogEvent {
  return {
    logId: id === undefined ? newId() : storableId(id),
    type,
    at: readDate(data['date'], now),
    data,
  };
}

/** {@link readEvent} and {@link toLogEvent} in one. */
export function normaliseEvent(element: unknown, now: number, newId: () => string): LogEvent | undefined {
  const received = readEvent(element);
  return received && toLogEvent(received, now, newId);
}

/** The object that describes the event in an element of a batch, or undefined when the element is no event. */
export function eventData(
  element: unknown,
): (Record<string, unknown> & { readonly type: string }) | undefined {
  if (!isObject(element)) {
    return undefined;
  }
  if (isTyped(element['data'])) {
    return element['data'];
  }
  return isTyped(element) ? element : undefined;
}

function isTyped(value: unknown): value is Record<string, unknown> & { readonly type: string } {
  return isObject(value) && typeof value['type'] === 'string' && value['type'] !== '';
}

/**
 * A string or a number as an id, or undefined where there is none. An integer past 2^53 counts as none:
 * JSON.parse has already rounded it, so two events could share it and the second would be lost as a duplicate.
 */
function readId(value: unknown): string | number | undefined {
  if (typeof value === 'number') {
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : undefined;
  }
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function storableId(id: string | number): string {
  return storable(String(id).slice(0, idLength));
}

/** Auth0 writes ISO 8601 in UTC, so a time without a zone is UTC too, wherever the router runs. */
function readDate(value: unknown, now: number): number {
  const form = typeof value === 'string' ? isoDate.exec(value) : null;
  if (form === null) {
    return now;
  }
  const [text, zone] = form;
  const at = Date.parse(zone === undefined && text.length > 10 ? `${text}Z` : text);
  return Number.isNaN(at) ? now : Math.min(at, now);
}
