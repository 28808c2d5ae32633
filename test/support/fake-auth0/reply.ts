import type { ServerResponse } from 'node:http';

export interface Auth0Reply {
  readonly status: number;
  /** An object is sent as JSON. */
  readonly body: string | object;
  readonly headers?: Readonly<Record<string, string>>;
}

export function send(response: ServerResponse, { status, body, headers }: Auth0Reply): void {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}

/** An error's body as the Management API writes it. */
export function problem(status: number, error: string, message: string, errorCode?: string): Auth0Reply {
  return {
    status,
    body: { statusCode: status, error, message, ...(errorCode !== undefined && { errorCode }) },
  };
}

export function unauthorized(message: string): Auth0Reply {
  return {
    status: 401,
    body: { statusCode: 401, error: 'Unauthorized', message, attributes: { error: message } },
  };
}

export function forbidden(scope: string): Auth0Reply {
  return problem(403, 'Forbidden', `Insufficient scope, expected any of: ${scope}`, 'insufficient_scope');
}
