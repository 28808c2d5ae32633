import { plainText } from './alert.js';
import { writeJson } from './windows/sample-data.js';
import type { LogEvent } from './event.js';
import { RenderBudget } from './alerting/liquid.js';
import { absent, resolvePath } from './matching/field-path.js';
import { oneSpelling, storable } from './text.js';
import type { Template } from './alerting/template.js';

/** One value of a key: what a path into the event's data leads to, or what a Liquid text makes of the event. */
export type KeyPart =
  | { readonly kind: 'path'; readonly steps: readonly string[] }
  | { readonly kind: 'template'; readonly template: Template };

/**
 * The value of each part as text; undefined where the event lacks it: a path leads nowhere or to an empty text, or a
 * Liquid text comes out empty. Addresses have one spelling. No parts: one key for all events.
 *
 * @param budget what the Liquid of all parts may use together
 */
export function keyValues(
  parts: readonly KeyPart[],
  event: LogEvent,
  budget = new RenderBudget(),
): ReadonlyArray<string | undefined> {
  return parts.map((part) => {
    const value =
      part.kind === 'template'
        ? given(plainText(part.template.render({ event: event.data }, budget)))
        : givenValue(event, part.steps);
    if (value === absent) return undefined;
    return storable(typeof value === 'string' ? value : (writeJson(value) ?? 'nested too deeply'));
  });
}

/**
 * What a path into the event's data leads to, as keys and windows take it: {@link absent} where it leads nowhere, or to
 * "", which Auth0 writes for what it does not know. Addresses have one spelling. Both hold for each element of an array too.
 */
export function givenValue(event: LogEvent, steps: readonly string[]): unknown {
  const value = resolvePath(event.data, steps);
  if (!Array.isArray(value) || value.length === 0) return given(value);
  const elements: unknown[] = value.map((element: unknown) => given(element));
  const present = elements.filter((element) => element !== absent);
  return present.length === 0 ? absent : present;
}

function given(value: unknown): unknown {
  if (value === '') return absent;
  return typeof value === 'string' ? oneSpelling(value) : value;
}

/** The values as one text that is the same for the same values only. */
export function keyText(values: ReadonlyArray<string | undefined>): string {
  return JSON.stringify(values);
}
