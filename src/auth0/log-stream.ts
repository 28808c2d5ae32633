import { isObject, type JsonObject } from '../domain/json-value.js';

/** A log stream as the Management API shows it. */
export interface LogStream {
  readonly id: string;
  readonly name: string;
  /** `http` is a custom webhook. */
  readonly type: string;
  /** `active`, `paused` or `suspended`. */
  readonly status: string;
  /** Only events of these categories are sent; empty: all. */
  readonly filters: readonly LogStreamFilter[];
  readonly isPriority: boolean;
  /** Which personal fields are masked or hashed, as Auth0 has it; undefined: none. */
  readonly piiConfig: JsonObject | undefined;
  /** Of a custom webhook: `httpEndpoint`, `httpContentFormat`, `httpContentType`, and `httpAuthorization`, which is a secret. */
  readonly sink: JsonObject;
}

export interface LogStreamFilter {
  readonly type: 'category';
  /** Such as `auth.login.fail`. */
  readonly name: string;
}

/** What a custom webhook stream is made with. Auth0 can't change `isPriority` and `startFrom` later. */
export interface NewLogStream {
  readonly name: string;
  readonly type: 'http';
  /** Absent: all events. */
  readonly filters?: readonly LogStreamFilter[];
  readonly isPriority?: boolean;
  /** ISO 8601. */
  readonly startFrom?: string;
  readonly pii_config?: JsonObject;
  readonly sink: {
    readonly httpEndpoint: string;
    readonly httpAuthorization: string;
    readonly httpContentFormat: 'JSONLINES' | 'JSONARRAY' | 'JSONOBJECT';
    readonly httpContentType: string;
  };
}

/** What of a stream may be changed. */
export type LogStreamChanges = Partial<Pick<NewLogStream, 'name' | 'filters' | 'pii_config'>> & {
  readonly status?: 'active' | 'paused';
  readonly sink?: Partial<NewLogStream['sink']>;
};

/** @returns undefined where it is no stream */
export function readLogStream(value: unknown): LogStream | undefined {
  if (!isObject(value) || typeof value['id'] !== 'string') return undefined;
  const { id, name, type, status, filters, sink, isPriority } = value;
  return {
    id,
    name: typeof name === 'string' ? name : '',
    type: typeof type === 'string' ? type : '',
    status: typeof status === 'string' ? status : '',
    filters: Array.isArray(filters) ? filters.flatMap(readFilter) : [],
    isPriority: isPriority === true,
    piiConfig: isObject(value['pii_config']) ? value['pii_config'] : undefined,
    sink: isObject(sink) ? sink : {},
  };
}

/** @returns undefined where one of them is no stream */
export function readLogStreams(value: unknown): readonly LogStream[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const streams = value.map(readLogStream);
  return streams.every((stream) => stream !== undefined) ? streams : undefined;
}

function readFilter(value: unknown): LogStreamFilter[] {
  return isObject(value) && typeof value['name'] === 'string'
    ? [{ type: 'category', name: value['name'] }]
    : [];
}
