import { createHmac } from 'node:crypto';
import { exampleOf, type Example, type Operation } from './documented-api.js';
import { adminToken, logStreamToken, type RunningApp } from './running-app.js';

export const signingSecret = 'signing-secret';

/** What a call has in place of what the document's examples say. */
export interface Changes {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** In place of the values of the parameters in the path. */
  readonly path?: Readonly<Record<string, string>>;
  /** In place of the query; absent: no query. */
  readonly query?: string;
}

/** The query that the examples of an operation's parameters make. */
export function exampleQuery({ parameters }: Operation): string {
  const given = parameters.filter((parameter) => parameter.in === 'query');
  return new URLSearchParams(
    given.map((one): [string, string] => [one.name, String(exampleOf(one))]),
  ).toString();
}

/** Calls an operation as one of its examples says, with the first of the tokens that it takes. */
export function call(
  app: RunningApp,
  { method, path, parameters, security, bodies }: Operation,
  changes: Changes = {},
  example: Example | undefined = bodies[0],
): Promise<Response> {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
    return changes.path?.[name] ?? encodeURIComponent(String(parameter && exampleOf(parameter)));
  });
  const body = changes.body ?? (example && textOf(example));
  const query = changes.query === undefined ? '' : `?${changes.query}`;
  return fetch(`${app.url}${filled}${query}`, {
    method,
    headers: {
      ...(example !== undefined && { 'content-type': example.mediaType }),
      ...(security.includes('slack-signature')
        ? signatureOf(body ?? '')
        : authorization(security, changes.token)),
      ...changes.headers,
    },
    ...(body !== undefined && { body }),
  });
}

function textOf({ mediaType, value }: Example): string {
  if (mediaType === 'application/x-www-form-urlencoded')
    return new URLSearchParams(value as Record<string, string>).toString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function authorization(security: readonly string[], token?: string): Record<string, string> {
  const own = security.includes('log-stream') ? logStreamToken : adminToken;
  return security.length === 0 ? {} : { authorization: `Bearer ${token ?? own}` };
}

function signatureOf(body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}
