import type { SampleData } from './window-info.js';

/** Far above what Auth0 sends: an event's data is a few thousand characters. */
const maxLength = 32_768;
const maxTextLength = 500;

/** The data of an event as JSON to be kept. Of data that is longer or deeper than any real event's only the short values at its top are. */
export function sampleData(data: SampleData): string {
  const json = writeJson(data);
  if (json !== undefined && json.length <= maxLength) return json;
  const short = Object.entries(data)
    .filter(([name, value]) => name.length <= maxTextLength && isShort(value))
    .slice(0, 50);
  return JSON.stringify(Object.fromEntries(short));
}

function isShort(value: unknown): boolean {
  return typeof value === 'string' ? value.length <= maxTextLength : typeof value !== 'object';
}

/** The value as JSON; undefined when it is nested deeper than can be written, as only a hostile event's is. */
export function writeJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
