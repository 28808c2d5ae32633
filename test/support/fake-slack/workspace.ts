import { isJsonObject, type JsonObject, stringAt } from './json.js';
import { type Rate, RateLimit } from './rate-limit.js';
import type { ReceivedRequest } from './received-request.js';
import { jsonReply, type Reply, textReply } from './reply.js';
import { type Refusal, refusalOf, type Surface } from './validate-message.js';

export interface AcceptedMessage {
  readonly via: Surface;
  /** The webhook's path, or the channel ID the Web API was given. */
  readonly channel: string;
  readonly body: JsonObject;
  /** The message's timestamp, which is its ID; absent for webhooks, which don't return it. An update keeps its message's. */
  readonly ts?: string;
  /** When it was accepted, in ms since the epoch of the fake Slack's clock. */
  readonly at: number;
}

export type Judgement =
  | { readonly kind: 'accepted'; readonly ts?: string }
  /** `auth.test` or `apps.connections.open` with a good token. */
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'refused'; readonly error: string; readonly detail: string }
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds: number };

export interface Verdict {
  readonly judgement: Judgement;
  readonly reply: Reply;
}

const WEBHOOK_PATH = /^\/services\/.+/;
const API_PATH = /^\/api\/(.+)$/;

/** Judges requests as Slack does, and keeps the messages it accepted. Slack's codes are those of its API reference. */
export class Workspace {
  readonly messages: AcceptedMessage[] = [];
  private tokens: ReadonlySet<string> | undefined;
  private appTokens: ReadonlySet<string> | undefined;
  private rateLimit: RateLimit | undefined;
  private posted = 0;

  /** @param socketUrl makes the address of a socket, which opens one connection */
  constructor(
    private readonly now: () => number,
    private readonly socketUrl: () => string,
  ) {}

  /** From now on only these tokens are valid; with undefined, all that begin with `xoxb-`. */
  acceptTokens(tokens: readonly string[] | undefined): void {
    this.tokens = tokens && new Set(tokens);
  }

  /** From now on only these app-level tokens are valid; with undefined, all that begin with `xapp-`. */
  acceptAppTokens(tokens: readonly string[] | undefined): void {
    this.appTokens = tokens && new Set(tokens);
  }

  limit(rate: Rate | undefined): void {
    this.rateLimit = rate && new RateLimit(rate, this.now);
  }

  judge(request: ReceivedRequest): Verdict {
    const apiMethod = API_PATH.exec(request.path)?.[1];
    if (request.method === 'POST' && WEBHOOK_PATH.test(request.path)) return this.judgeWebhook(request);
    if (request.method === 'POST' && apiMethod !== undefined) return this.judgeApi(request, apiMethod);
    const detail = `${request.method} ${request.path} is no route of Slack's`;
    return { judgement: { kind: 'refused', error: 'not_found', detail }, reply: textReply(404, 'not_found') };
  }

  private judgeWebhook({ path, body }: ReceivedRequest): Verdict {
    if (body.kind === 'not-json' || !isJsonObject(body.value)) {
      return webhookRefusal({ error: 'invalid_payload', detail: 'the body is no JSON object' });
    }
    const wait = this.rateLimit?.take(path) ?? 0;
    if (wait > 0) return rateLimited(wait, (headers) => textReply(429, 'rate_limited', headers));
    const refusal = refusalOf(body.value, 'webhook');
    if (refusal !== undefined) return webhookRefusal(refusal);
    this.messages.push({ via: 'webhook', channel: path, body: body.value, at: this.now() });
    return { judgement: { kind: 'accepted' }, reply: textReply(200, 'ok') };
  }

  private judgeApi(request: ReceivedRequest, method: string): Verdict {
    const isOfApp = method === 'apps.connections.open';
    const refusal = this.tokenRefusal(request.headers.authorization, isOfApp);
    if (refusal !== undefined) return apiRefusal(refusal);
    switch (method) {
      case 'auth.test':
        return {
          judgement: { kind: 'authenticated' },
          reply: jsonReply(200, {
            ok: true,
            team: 'Stand-in',
            team_id: 'T1',
            user: 'router',
            user_id: 'U1',
            bot_id: 'B1',
          }),
        };
      case 'apps.connections.open':
        return {
          judgement: { kind: 'authenticated' },
          reply: jsonReply(200, { ok: true, url: this.socketUrl() }),
        };
      case 'chat.postMessage':
      case 'chat.update':
        return this.judgeChat(request, method);
      default:
        return apiRefusal({ error: 'unknown_method', detail: method });
    }
  }

  private tokenRefusal(authorization: string | undefined, isOfApp: boolean): Refusal | undefined {
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
    if (token === undefined) return { error: 'not_authed', detail: 'no bearer token' };
    const [known, prefix, other] = isOfApp
      ? [this.appTokens, 'xapp-', 'xoxb-']
      : [this.tokens, 'xoxb-', 'xapp-'];
    if (token.startsWith(other))
      return { error: 'not_allowed_token_type', detail: 'the method takes tokens of another type' };
    const valid = known?.has(token) ?? token.startsWith(prefix);
    return valid ? undefined : { error: 'invalid_auth', detail: 'the token is not valid' };
  }

  private judgeChat({ headers, body }: ReceivedRequest, method: 'chat.postMessage' | 'chat.update'): Verdict {
    if (!/^application\/json\b/.test(headers['content-type'] ?? '')) {
      return apiRefusal({ error: 'invalid_post_type', detail: 'the Content-Type is not application/json' });
    }
    if (body.kind === 'not-json') return apiRefusal({ error: 'invalid_json', detail: 'the body is no JSON' });
    if (!isJsonObject(body.value))
      return apiRefusal({ error: 'json_not_object', detail: 'the body is no object' });
    const channel = stringAt(body.value, 'channel') ?? '';
    if (channel === '')
      return apiRefusal({ error: 'invalid_arguments', detail: 'missing required field: channel' });
    const wait = this.rateLimit?.take(channel) ?? 0;
    if (wait > 0) {
      return rateLimited(wait, (retryAfter) =>
        jsonReply(429, { ok: false, error: 'ratelimited' }, retryAfter),
      );
    }
    const refusal = refusalOf(body.value, method) ?? this.updateRefusal(method, channel, body.value);
    if (refusal !== undefined) return apiRefusal(refusal);
    const ts = method === 'chat.update' ? (stringAt(body.value, 'ts') ?? '') : this.nextTs();
    this.messages.push({ via: method, channel, body: body.value, ts, at: this.now() });
    return {
      judgement: { kind: 'accepted', ts },
      reply: jsonReply(200, { ok: true, channel: idOf(channel), ts }),
    };
  }

  /** Only what was posted to that channel can be updated. */
  private updateRefusal(method: Surface, channel: string, body: JsonObject): Refusal | undefined {
    if (method !== 'chat.update') return undefined;
    const ts = stringAt(body, 'ts');
    if (ts === undefined) return { error: 'invalid_arguments', detail: 'missing required field: ts' };
    if (channel !== idOf(channel)) return { error: 'channel_not_found', detail: `${channel} is no ID` };
    const known = this.messages.some((message) => idOf(message.channel) === channel && message.ts === ts);
    return known ? undefined : { error: 'message_not_found', detail: `no message ${ts} in ${channel}` };
  }

  private nextTs(): string {
    this.posted += 1;
    return `${Math.floor(this.now() / 1_000)}.${String(this.posted).padStart(6, '0')}`;
  }
}

/** chat.postMessage takes the name of a channel, too, and answers with the ID, which is all that chat.update takes. */
function idOf(channel: string): string {
  return /^[CDG][A-Z0-9]+$/.test(channel) ? channel : `C0${channel.toUpperCase().replace(/[^A-Z0-9]/g, '')}`;
}

function webhookRefusal({ error, detail }: Refusal): Verdict {
  return { judgement: { kind: 'refused', error, detail }, reply: textReply(400, error) };
}

function apiRefusal({ error, detail }: Refusal): Verdict {
  const answer = { ok: false, error, response_metadata: { messages: [detail] } };
  return { judgement: { kind: 'refused', error, detail }, reply: jsonReply(200, answer) };
}

function rateLimited(seconds: number, reply: (headers: Reply['headers']) => Reply): Verdict {
  return {
    judgement: { kind: 'rate-limited', retryAfterSeconds: seconds },
    reply: reply({ 'retry-after': String(seconds) }),
  };
}
