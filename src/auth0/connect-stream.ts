import { withoutScheme } from '../config/admin-tokens.js';
import type { LogStream, LogStreamChanges, LogStreamFilter, NewLogStream } from './log-stream.js';
import type { NeededEvents } from './stream-filters.js';

/** What the router wants of the log stream that sends to it. */
export interface WantedStream {
  /** Where the router takes batches. */
  readonly endpoint: string;
  /** The values that the router accepts, the one to set first; none where they are not known here. */
  readonly tokens: readonly string[];
  readonly events: Exclude<NeededEvents, { kind: 'none' }>;
  /** Whether a stream may be prioritised where that sends every event. */
  readonly mayBePriority: boolean;
}

/** What of a stream is not as the router wants it, in words that hold no token. */
export interface StreamDifference {
  readonly field: 'status' | 'payload URL' | 'events' | 'authorization' | 'content format' | 'priority';
  readonly is: string;
  readonly wanted: string;
  /** Absent where Auth0 can't change it. */
  readonly change?: 'status' | 'filters' | 'sink';
}

const [contentFormat, contentType] = ['JSONLINES', 'application/json'] as const;

/** A custom webhook with the token to set; `authorization` takes its place where that is not to be shown. */
export function newStream(wanted: WantedStream, authorization = wanted.tokens[0] ?? ''): NewLogStream {
  const isPriority = wantsPriority(wanted);
  const filters = isPriority ? [] : filtersFor(wanted);
  return {
    name: 'auth0-alert-router',
    type: 'http',
    ...(filters.length > 0 && { filters }),
    ...(isPriority && { isPriority }),
    sink: {
      httpEndpoint: wanted.endpoint,
      httpAuthorization: authorization,
      httpContentFormat: contentFormat,
      httpContentType: contentType,
    },
  };
}

/** The custom webhooks among streams that send to the router, those that are active first. */
export function streamsTo(endpoint: string, streams: readonly LogStream[]): readonly LogStream[] {
  return streams
    .filter(({ type, sink }) => type === 'http' && isSamePlace(sink['httpEndpoint'], endpoint))
    .toSorted((left, right) => Number(right.status === 'active') - Number(left.status === 'active'));
}

/** What of an existing stream is not as it should be. Its name, content type and PII settings are the operator's. */
export function differencesOf(stream: LogStream, wanted: WantedStream): readonly StreamDifference[] {
  const found: StreamDifference[] = [];
  if (stream.status !== 'active')
    found.push({
      field: 'status',
      is: stream.status,
      wanted: 'active',
      ...(stream.status === 'paused' && { change: 'status' }),
    });
  const [is, filters] = [eventsText(stream.filters), eventsText(filtersFor(wanted))];
  if (stream.isPriority && !wantsPriority(wanted))
    found.push({ field: 'priority', is: 'security events alone', wanted: 'every event' });
  if (!stream.isPriority && is !== filters)
    found.push({ field: 'events', is, wanted: filters, change: 'filters' });
  const { httpEndpoint: endpoint, httpAuthorization: authorization, httpContentFormat: format } = stream.sink;
  if (typeof endpoint === 'string' && new URL(endpoint).protocol !== new URL(wanted.endpoint).protocol)
    found.push({ field: 'payload URL', is: endpoint, wanted: wanted.endpoint, change: 'sink' });
  const token = typeof authorization === 'string' ? withoutScheme(authorization).trim() : '';
  if (wanted.tokens.length > 0 && !wanted.tokens.map(withoutScheme).includes(token))
    found.push({
      field: 'authorization',
      is: token === '' ? 'nothing' : 'another token',
      wanted: 'AUTH0_LOG_STREAM_TOKEN',
      change: 'sink',
    });
  if (format !== contentFormat)
    found.push({
      field: 'content format',
      is: typeof format === 'string' ? format : 'unknown',
      wanted: contentFormat,
      change: 'sink',
    });
  return found;
}

/** What removes the differences that Auth0 can change. */
export function changesFor(
  stream: LogStream,
  wanted: WantedStream,
  differences: readonly StreamDifference[],
): LogStreamChanges {
  const changes = new Set(differences.map(({ change }) => change));
  const isKept = !differences.some(({ field }) => field === 'authorization');
  const kept = stream.sink['httpAuthorization'];
  const { sink } = newStream(wanted, isKept && typeof kept === 'string' ? kept : undefined);
  return {
    ...(changes.has('status') && { status: 'active' }),
    ...(changes.has('filters') && { filters: filtersFor(wanted) }),
    // Auth0 takes a sink as a whole, so what else stands in it is sent along.
    ...(changes.has('sink') && {
      sink: { ...sink, ...customOf(stream.sink), httpContentFormat: contentFormat },
    }),
  };
}

/** The categories of filters, in alphabetical order, or what no filter means. */
export function eventsText(filters: readonly LogStreamFilter[]): string {
  const names = [...new Set(filters.map(({ name }) => name))].toSorted();
  return names.length === 0 ? 'all events' : names.join(', ');
}

function customOf({ httpContentType, httpCustomHeaders }: LogStream['sink']): object {
  return {
    ...(typeof httpContentType === 'string' && { httpContentType }),
    ...(httpCustomHeaders !== undefined && { httpCustomHeaders }),
  };
}

function wantsPriority({ events, mayBePriority }: WantedStream): boolean {
  return mayBePriority && events.kind === 'categories' && events.isPriority;
}

function filtersFor({ events }: WantedStream): readonly LogStreamFilter[] {
  return events.kind === 'all' ? [] : events.categories.map((name) => ({ type: 'category', name }));
}

/** Whether two texts are the same place, by `http` or `https` and whether or not a slash ends them. */
function isSamePlace(left: unknown, right: string): boolean {
  if (typeof left !== 'string' || !URL.canParse(left)) return false;
  const [one, other] = [new URL(left), new URL(right)].map(
    ({ host, pathname }) => host + pathname.replace(/\/+$/, ''),
  );
  return one === other;
}
