import { isObject, type JsonObject } from '../domain/json-value.js';

/** A page of the tenant's logs, in the order in which Auth0 gave them. */
export interface LogPage {
  /** Bare events: what stands in `data` of a log stream's entries. */
  readonly events: readonly JsonObject[];
  /** The checkpoint that the next page begins after; undefined where neither Auth0's `Link` nor an event gives one. */
  readonly next: string | undefined;
}

/**
 * Auth0 asks to follow the `Link` with `rel="next"`. Of its URL only the checkpoint is taken, so that an answer can't send
 * the token elsewhere.
 *
 * @returns undefined where the body is no array of objects
 */
export function readLogPage(body: unknown, link: unknown): LogPage | undefined {
  if (!Array.isArray(body) || !body.every(isObject)) return undefined;
  const last = body.at(-1);
  return { events: body, next: checkpointIn(link) ?? (last && logIdOf(last)) };
}

/** The id of a bare event. */
export function logIdOf(event: JsonObject): string | undefined {
  const id = event['log_id'] ?? event['_id'];
  return typeof id === 'string' && id !== '' && id.length <= 255 ? id : undefined;
}

function checkpointIn(link: unknown): string | undefined {
  if (typeof link !== 'string') return undefined;
  const url = /<([^>]*)>\s*;[^,<]*\brel="?next"?/.exec(link)?.[1];
  if (url === undefined || !URL.canParse(url, 'https://auth0.invalid')) return undefined;
  const from = new URL(url, 'https://auth0.invalid').searchParams.get('from');
  return from === null || from === '' || from.length > 255 ? undefined : from;
}
