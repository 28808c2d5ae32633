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

/**
 * The key of an event, or undefined when the event takes no part: it lacks a value of `by`, or of the field that is
 * looked at.
 *
 * @param shown the event as it may be stored
 */
export function keyOf(window: Window, event: LogEvent, shown: LogEvent): WindowKey | undefined {
  const values: string[] = [];
  for (const value of keyValues(window.by, event)) {
    if (value === undefined) return undefined;
    values.push(value);
  }
  if ('field' in window && givenValue(event, window.field) === absent) return undefined;
  return { identity: keyText(values), text: shownKey(window, shown) };
}

/** The key as people read it, of an event as it may be stored. */
export function shownKey(window: Window, shown: LogEvent): string {
  return cut(keyValues(window.by, shown).join(','));
}

/** What an event counts as in a window. */
export interface WindowValue {
  /** The same for the same value only. It may not be stored. */
  readonly identity: string;
  /** The same, to be stored: JSON, or where the value is redacted its fingerprint and what is shown of it. */
  readonly stored: string;
}

/**
 * What an event counts as: the value of the field that the window looks at, or the user for windows that look at none, of
 * which no two are told apart.
 *
 * @param shown the event as it may be stored
 */
export function valueOf(
  window: Window,
  event: LogEvent,
  shown: LogEvent,
  fingerprint: Fingerprint,
): WindowValue | undefined {
  if (!('field' in window)) {
    const user = jsonOf(userOf(shown), fingerprint);
    return user === undefined ? undefined : { identity: user, stored: user };
  }
  const identity = jsonOf(givenValue(event, window.field), fingerprint);
  if (identity === undefined) return undefined;
  const json = event === shown ? identity : (jsonOf(givenValue(shown, window.field), fingerprint) ?? '""');
  const stored = json === identity ? json : `${redactedMark}${fingerprint(identity)}${redactedMark}${json}`;
  return { identity, stored };
}

/** Begins the stored form of a redacted value. No JSON begins so. */
const redactedMark = '~';

/** A long value is cut and distinguished by its fingerprint. */
function jsonOf(value: unknown, fingerprint: Fingerprint): string | undefined {
  if (value === absent) return undefined;
  const json = writeJson(value) ?? tooDeep;
  if (json.length <= maxTextLength) return storable(json);
  return JSON.stringify(`${cut(json)} (${fingerprint(json)})`);
}

function userOf(event: LogEvent): unknown {
  const name = givenValue(event, ['user_name']);
  return name === absent || name === null ? givenValue(event, ['user_id']) : name;
}

/** A stored value as people read it. Nothing of a value that is dropped is left. */
export function readable(stored: string): string {
  const json = stored.startsWith(redactedMark) ? stored.slice(stored.indexOf(redactedMark, 1) + 1) : stored;
  const parsed: unknown = JSON.parse(json);
  return storable(typeof parsed === 'string' ? parsed : json);
}

function cut(text: string): string {
  return text.length <= maxTextLength ? text : `${text.slice(0, maxTextLength - 1).toWellFormed()}…`;
}
