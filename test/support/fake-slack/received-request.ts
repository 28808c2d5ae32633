import { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { isJsonObject, stringAt } from './json.js';

export type ParsedBody =
  { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'not-json'; readonly text: string };

export interface ReceivedRequest {
  /** When it came in, in ms since the epoch of the fake Slack's clock. */
  readonly at: number;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: ParsedBody;
}

export function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
}

/** The request's whole body, or undefined when its client went away before sending all of it. */
export async function readBody(request: IncomingMessage): Promise<ParsedBody | undefined> {
  try {
    return parse(await buffer(request));
  } catch {
    return undefined;
  }
}

function parse(bytes: Buffer): ParsedBody {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return { kind: 'json', value };
  } catch {
    return { kind: 'not-json', text: bytes.toString('utf8') };
  }
}

/** The Slack channel a Web API request names; undefined for a webhook, whose URL is its channel. */
export function channelNamedBy(body: ParsedBody): string | undefined {
  return body.kind === 'json' && isJsonObject(body.value) ? stringAt(body.value, 'channel') : undefined;
}
