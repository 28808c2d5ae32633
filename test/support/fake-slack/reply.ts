import type { ServerResponse } from 'node:http';
import type { JsonObject } from './json.js';
import type { ScriptedAnswer } from './scripted-answers.js';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function textReply(status: number, body: string, headers: Reply['headers'] = {}): Reply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
}

export function jsonReply(status: number, body: JsonObject, headers: Reply['headers'] = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

export function scriptedReply({ status, body = '', headers }: ScriptedAnswer & { kind: 'status' }): Reply {
  return typeof body === 'string' ? textReply(status, body, headers) : jsonReply(status, body, headers);
}

export function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, reply.headers);
  response.end(reply.body);
}

/** Sends the head at once, and the body one byte every `periodMs`. */
export function drip(response: ServerResponse, reply: Reply, periodMs: number): void {
  const bytes = Buffer.from(reply.body);
  response.writeHead(reply.status, { ...reply.headers, 'content-length': String(bytes.length) });
  response.flushHeaders();
  let sent = 0;
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, sent + 1));
    sent += 1;
    if (sent < bytes.length) return;
    clearInterval(timer);
    response.end();
  }, periodMs);
  response.once('close', () => clearInterval(timer));
}
