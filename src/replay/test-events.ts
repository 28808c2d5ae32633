import { eventData, normaliseEvent } from '../domain/event.js';
import { parseBatch } from '../ingest/batch.js';
import type { TestSection } from '../rules/schema/test-section.js';
import { parseMoment, type Moment } from '../rules/compile/moment.js';
import { readNamed, type RulesFolder } from '../rules/yaml/rules-folder.js';
import { isObject } from '../domain/json-value.js';

/** A Monday noon, so that tests of rules for working hours need no dates. */
const usualStart = Date.UTC(2026, 0, 5, 12);
/** The latest time a Date can hold: a date that no event really has. */
const noDate = 8_640_000_000_000_000;

/** The events of a test as Auth0 would send them, each with a date and an id. Times are ms since the epoch. */
export interface TestEvents {
  readonly kind: 'events';
  readonly elements: readonly unknown[];
  readonly start: number;
  /** The time that the clock has reached at the end, if the test gives one. */
  readonly until?: number;
}

export type TestEventsResult =
  TestEvents | { readonly kind: 'unreadable'; readonly at: readonly string[]; readonly message: string };

/**
 * The events of a test, from the rules file or from a file of their own. The test starts at its first event's date, or
 * at a Monday noon; `at: +5m` is so long after the start, and an event that says neither comes with the one before it.
 */
export async function testEvents(test: TestSection, folder: RulesFolder): Promise<TestEventsResult> {
  const { events } = test;
  if (Array.isArray(events)) return { kind: 'events', ...dated(events, test.until) };
  const file = events?.file ?? test.file ?? '';
  const at = events ? ['events', 'file'] : ['file'];
  const read = await readNamed(file, folder);
  if (read.kind === 'refused') return { kind: 'unreadable', at, message: read.fault.message };
  if (read.kind === 'unreadable')
    return { kind: 'unreadable', at, message: `the event file ${file} can't be read` };
  const batch = parseBatch(read.text);
  if (batch.kind === 'unreadable') return { kind: 'unreadable', at, message: `${file}: ${batch.message}` };
  const wrong = batch.elements.findIndex((element) => eventData(element) === undefined);
  if (wrong !== -1)
    return { kind: 'unreadable', at, message: `element ${wrong + 1} of ${file} is not an event with a type` };
  return { kind: 'events', ...dated(batch.elements, test.until) };
}

function dated(written: readonly unknown[], until: string | undefined): Omit<TestEvents, 'kind'> {
  const start = ownDate(written[0]) ?? usualStart;
  let now = start;
  const elements = written.map((element, index) => {
    const at = ownDate(element, start) ?? now;
    now = Math.max(now, at);
    const data = { ...(eventData(element) as Record<string, unknown>), date: new Date(at).toISOString() };
    delete (data as { at?: unknown }).at;
    const { logId } = normaliseEvent(element, noDate, () => `test-${index + 1}`) ?? { logId: '' };
    return { log_id: logId, data: { ...data, log_id: logId } };
  });
  return { elements, start, until: until === undefined ? undefined : timeOf(parseMoment(until), start) };
}

/** When the element says it happens; without a start, only a date says so. */
function ownDate(element: unknown, start?: number): number | undefined {
  const at = isObject(element) ? element['at'] : undefined;
  if (typeof at === 'string') return timeOf(parseMoment(at), start);
  const event = normaliseEvent(element, noDate, () => 'none');
  return event === undefined || event.at === noDate ? undefined : event.at;
}

function timeOf(moment: Moment | undefined, start: number | undefined): number | undefined {
  if (moment?.kind === 'date') return moment.at;
  return moment === undefined || start === undefined ? undefined : start + moment.offsetMs;
}
