import { streamsTo } from '../../auth0/connect-stream.js';
import type { LogStream } from '../../auth0/log-stream.js';
import { isObject } from '../../domain/json-value.js';

/** What of the router's own log stream is watched, in a form that is the same for the same settings. */
export interface WatchedStream {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** The categories it is filtered by, sorted; none: it sends every event. */
  readonly filters: readonly string[];
  /** Which personal fields are hidden, and how; empty: none. */
  readonly pii: string;
}

/**
 * The custom webhook that posts to this router; an active one before others.
 *
 * @param publicUrl where Auth0 reaches the router, with or without `/api/logs`
 */
export function ownStream(streams: readonly LogStream[], publicUrl: string): WatchedStream | undefined {
  const endpoint = publicUrl.replace(/\/+$/, '').replace(/\/api\/logs$/, '') + '/api/logs';
  const [found] = streamsTo(endpoint, streams);
  return found && watched(found);
}

function watched({ id, name, status, filters, piiConfig }: LogStream): WatchedStream {
  return {
    id,
    name: name.slice(0, 100),
    status: status.slice(0, 40),
    filters: filters.map((filter) => filter.name.slice(0, 100)).toSorted(),
    pii: piiText(piiConfig),
  };
}

function piiText(config: LogStream['piiConfig']): string {
  const fields = config?.['log_fields'];
  if (!Array.isArray(fields) || fields.length === 0) return '';
  const method = config?.['method'];
  return `${typeof method === 'string' ? method : 'mask'}: ${fields.map(String).toSorted().join(', ')}`.slice(
    0,
    500,
  );
}

/** Reads what was stored; undefined where that is none. */
export function storedStream(text: string | undefined): WatchedStream | undefined {
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  return isObject(value) && Array.isArray(value['filters']) ? (value as object as WatchedStream) : undefined;
}
