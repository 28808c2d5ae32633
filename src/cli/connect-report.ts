import type { ConnectPlan } from '../auth0/connect-plan.js';
import { eventsText, newStream } from '../auth0/connect-stream.js';
import { durationText } from '../domain/duration.js';
import { styled, type CliIo } from './cli-io.js';
import { printable } from './printable.js';

export interface ConnectReport {
  readonly plan: ConnectPlan;
  /** Whether the tenant's streams are known. */
  readonly looked: boolean;
  /** Whether the stream is created or changed at once. */
  readonly apply: boolean;
  readonly showToken: boolean;
  readonly heartbeatMs?: number;
}

/** The stream to be created, or the existing one with what differs. */
export function connectLines({ plan, looked, showToken }: ConnectReport, io: CliIo): string[] {
  const { wanted, existing, differences } = plan;
  if (existing !== undefined) {
    const head = `the log stream "${printable(existing.name)}" (${printable(existing.id)}) sends to ${wanted.endpoint}`;
    if (differences.length === 0) return [`${head}, as the rules need it`];
    return [
      `${head}; what differs:`,
      ...differences.flatMap(({ field, is, wanted: should }) => [
        styled(io, 'red', `- ${field}: ${printable(is)}`),
        styled(io, 'green', `+ ${field}: ${should}`),
      ]),
    ];
  }
  const { name, sink, filters = [], isPriority = false } = newStream(wanted);
  const token =
    sink.httpAuthorization === '' ? 'AUTH0_LOG_STREAM_TOKEN, which is not set' : 'AUTH0_LOG_STREAM_TOKEN';
  return [
    looked
      ? `no log stream sends to ${wanted.endpoint}; to be created:`
      : 'the log stream that the rules need:',
    `  name            ${name}`,
    `  kind            custom webhook`,
    `  payload URL     ${sink.httpEndpoint}`,
    `  authorization   ${showToken && sink.httpAuthorization !== '' ? printable(sink.httpAuthorization) : token}`,
    `  content         JSON Lines, ${sink.httpContentType}`,
    `  prioritised     ${isPriority ? 'yes' : 'no'}`,
    `  events          ${isPriority ? "security events, by Auth0's own list" : eventsText(filters)}`,
  ];
}

/** What is to be known beside. */
export function connectNotes({ plan, looked, apply, heartbeatMs }: ConnectReport): string[] {
  const { wanted, existing, others, differences, action } = plan;
  const { events } = wanted;
  const notes: string[] = [];
  if (events.kind === 'all')
    notes.push(
      events.type === undefined
        ? `all events are needed, since the rule ${events.rule} has no types`
        : `all events are needed, since the rule ${events.rule} names the type ${printable(events.type)}, whose category is not known`,
    );
  else if (events.patterns.length > 0)
    notes.push(
      `${events.patterns.map(printable).join(', ')} stand for the types known today; a type that Auth0 adds later may be in another category`,
    );
  if (events.kind === 'categories' && heartbeatMs !== undefined)
    notes.push(
      `heartbeat warns after ${durationText(heartbeatMs)} without an event, and the events that the stream leaves out do not count`,
    );
  if (newStream(wanted).isPriority === true && existing === undefined)
    notes.push('where the plan has no prioritised log streams, --no-priority makes an ordinary one');
  if (wanted.endpoint.startsWith('http:')) notes.push('by http, the token can be read on the way: use https');
  if (existing?.piiConfig !== undefined)
    notes.push(
      'the stream masks or hashes personal data: where it masks, a window by user counts all users as one (docs/auth0.md)',
    );
  if (others > 0)
    notes.push(`${others} more of the tenant's log streams send to the same URL; each event needs only one`);
  for (const { field } of differences.filter(({ change }) => change === undefined))
    notes.push(
      field === 'status'
        ? 'a suspended stream has to be looked after in the Auth0 dashboard'
        : 'a prioritised stream stays one: delete it in the Auth0 dashboard, then --apply creates another',
    );
  if (!looked)
    notes.push(
      "the tenant's log streams were not looked at, since AUTH0_DOMAIN, AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET are not set",
    );
  else if (apply) return notes;
  else if (action === 'change') notes.push('the changes are made with --apply');
  else if (action === 'create') notes.push('it is created with --apply');
  return notes;
}
