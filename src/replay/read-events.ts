import { eventData, normaliseEvent, type LogEvent } from '../domain/event.js';
import { JsonSplitter } from './json-splitter.js';
import { isObject } from '../domain/json-value.js';

/** The latest time a Date can hold: a date that no event really has. */
const noDate = 8_640_000_000_000_000;
/** Events this much older than one before them, in ms, are out of order. */
const orderedWithinMs = 3_600_000;

/** Neighbouring events of an export, at most some thousands. */
export interface EventChunk {
  readonly events: readonly LogEvent[];
  /** Of the whole export so far. */
  readonly bytes: number;
}

/** What an export holds beside events. */
export class ExportCounts {
  events = 0;
  /** Elements that are no events, and lines that are no JSON. */
  skipped = 0;
  /** Events much older than one before them. */
  outOfOrder = 0;
}

/**
 * Reads an export in pieces: JSON lines, or a JSON array of any length, as the Management API's `GET /api/v2/logs`
 * answers, or what it answers with `include_totals`. Without a date, an event comes with the one before it.
 */
export async function* readEvents(
  pieces: AsyncIterable<Buffer>,
  counts: ExportCounts,
): AsyncGenerator<EventChunk> {
  const splitter = new JsonSplitter();
  let bytes = 0;
  let now = 0;
  const read = (values: readonly unknown[]): LogEvent[] => {
    const events: LogEvent[] = [];
    for (const value of values) {
      for (const element of elementsOf(value)) {
        const event = normaliseEvent(element, noDate, () => madeId(element, counts.events));
        if (event === undefined) {
          counts.skipped += 1;
          continue;
        }
        counts.events += 1;
        const at = event.at === noDate ? now : event.at;
        if (at < now - orderedWithinMs) counts.outOfOrder += 1;
        now = Math.max(now, at);
        events.push(at === event.at ? event : { ...event, at });
      }
    }
    return events;
  };
  for await (const piece of pieces) {
    bytes += piece.length;
    yield { events: read(splitter.push(piece)), bytes };
  }
  yield { events: read(splitter.end()), bytes };
  counts.skipped += splitter.malformed;
}

/** An object with a list of `logs`, and no event itself, is a page of the Management API's. */
function elementsOf(value: unknown): readonly unknown[] {
  const logs = isObject(value) && eventData(value) === undefined ? value['logs'] : undefined;
  return Array.isArray(logs) ? logs : [value];
}

/** Entries of older exports have an `_id` only. */
function madeId(element: unknown, index: number): string {
  const id = eventData(element)?.['_id'] ?? (isObject(element) ? element['_id'] : undefined);
  return typeof id === 'string' && id !== '' ? id : `event-${index + 1}`;
}
