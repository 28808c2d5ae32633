import { plainText } from './alert.js';
import { writeJson } from './correlate/write-json.js';
import type { LogEvent } from './event.js';
import { RenderBudget } from './liquid.js';
import { missing, resolvePath } from './match/field-path.js';
import { storable } from './storable.js';
import type { Template } from './template.js';

/** One value of a key: what a path into the event's data leads to, or what a Liquid text makes of the event. */
export type KeyPart =
  | { readonly kind: 'path'; readonly steps: readonly string[] }
  | { readonly kind: 'template'; readonly template: Template };

/**
 * The value of each part as text; undefined where a path leads nowhere. No parts: one key for all events.
 *
 * @param budget what the Liquid of all parts may use together
 */
export function keyValues(
  parts: readonly KeyPart[],
  event: LogEvent,
  budget = new RenderBudget(),
): ReadonlyArray<string | undefined> {
  return parts.map((part) => {
    if (part.kind === 'template')
      return storable(plainText(part.template.render({ event: event.data }, budget)));
    const value = resolvePath(event.data, part.steps);
    if (value === missing) return undefined;
    return storable(typeof value === 'string' ? value : (writeJson(value) ?? 'nested too deeply'));
  });
}

/** The values as one text that is the same for the same values only. */
export function keyText(values: ReadonlyArray<string | undefined>): string {
  return JSON.stringify(values);
}
