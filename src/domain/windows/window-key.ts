import type { LogEvent } from '../event.js';
import { givenValue, keyText, keyValues } from '../key.js';
import { absent } from '../matching/field-path.js';
import { storable } from '../text.js';
import type { Window } from './window.js';
import { writeJson } from './sample-data.js';

/** Makes a short text of a long one that is the same for the same text only, as a cryptographic hash does. */
export type Fingerprint = (text: string) => string;

export interface WindowKey {
  /** The same for the same values only. */
  readonly identity: string;
  /** The values joined by a comma, as people read them. */
  readonly text: string;
}

/** Used for every value that is nested too deeply to be compared. */
const tooDeep = '"(nested too deeply)"';

/** How long a text people read may be. */
const maxTextLength = 300;

/** The key of an event, or undefined when the event takes no part: it lacks a value of `by`, or of the field that is looked at. */
export function keyOf(window: Window, event: LogEvent): WindowKey | undefined {
  const values: string[] = [];
  for (const value of keyValues(window.by, event)) {
    if (value === undefined) return undefined;
    values.push(value);
  }
  if ('field' in window && givenValue(event, window.field) === absent) return undefined;
  return { identity: keyText(values), text: cut(values.join(',')) };
}

/**
 * As JSON what an event counts as: the value of the field that the window looks at, or the user for windows that look
 * at none. A long value is cut and distinguished by its fingerprint.
 */
export function valueOf(window: Window, event: LogEvent, fingerprint: Fingerprint): string | undefined {
  const value = 'field' in window ? givenValue(event, window.field) : userOf(event);
  if (value === absent) return undefined;
  const json = writeJson(value) ?? tooDeep;
  if (json.length <= maxTextLength) return storable(json);
  return JSON.stringify(`${cut(json)} (${fingerprint(json)})`);
}

function userOf(event: LogEvent): unknown {
  const name = givenValue(event, ['user_name']);
  return name === absent || name === null ? givenValue(event, ['user_id']) : name;
}

/** A value of {@link valueOf} as people read it. */
export function readable(value: string): string {
  const parsed: unknown = JSON.parse(value);
  return storable(typeof parsed === 'string' ? parsed : value);
}

function cut(text: string): string {
  return text.length <= maxTextLength ? text : `${text.slice(0, maxTextLength - 1).toWellFormed()}…`;
}
