import type { Auth0Answer } from './auth0-answer.js';
import {
  changesFor,
  differencesOf,
  newStream,
  streamsTo,
  type StreamDifference,
  type WantedStream,
} from './connect-stream.js';
import type { LogStream } from './log-stream.js';
import type { ManagementApi } from './management-api.js';

/** What is to be done about the tenant's log streams. */
export interface ConnectPlan {
  readonly wanted: WantedStream;
  /** The stream that sends to the router already. */
  readonly existing?: LogStream;
  /** How many more send to it. */
  readonly others: number;
  readonly differences: readonly StreamDifference[];
  readonly action: 'create' | 'change' | 'none';
}

/** Takes the first stream that sends to the router, an active one if there is one. */
export function planFor(wanted: WantedStream, streams: readonly LogStream[]): ConnectPlan {
  const [existing, ...others] = streamsTo(wanted.endpoint, streams);
  if (existing === undefined) return { wanted, others: 0, differences: [], action: 'create' };
  const differences = differencesOf(existing, wanted);
  const action = differences.some(({ change }) => change !== undefined) ? 'change' : 'none';
  return { wanted, existing, others: others.length, differences, action };
}

/** Creates or changes the stream. Undefined where there is nothing to do. */
export async function applyPlan(
  api: ManagementApi,
  { wanted, existing, differences, action }: ConnectPlan,
): Promise<Auth0Answer<LogStream> | undefined> {
  if (action === 'none') return undefined;
  if (existing === undefined) return api.createLogStream(newStream(wanted));
  return api.updateLogStream(existing.id, changesFor(existing, wanted, differences));
}
