import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeSockets } from './fake-slack/fake-sockets.js';
import { messageText } from './fake-slack/message-text.js';
import type { Rate } from './fake-slack/rate-limit.js';
import { channelNamedBy, pathOf, readBody, type ReceivedRequest } from './fake-slack/received-request.js';
import { drip, send, scriptedReply } from './fake-slack/reply.js';
import { type ScriptedAnswer, ScriptedAnswers } from './fake-slack/scripted-answers.js';
import { Waiters } from './fake-slack/waiters.js';
import { type AcceptedMessage, type Judgement, type Verdict, Workspace } from './fake-slack/workspace.js';

/** `scripted`: it was answered as scripted, unjudged. */
export type RequestOutcome =
  Judgement | { readonly kind: 'scripted'; readonly answer: ScriptedAnswer['kind'] };

export interface RecordedRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed where it was JSON, otherwise its text; undefined when the connection was reset before it was read. */
  readonly body: unknown;
  readonly outcome: RequestOutcome;
}

/**
 * An HTTP server that plays Slack's Incoming Webhooks and Web API (chat.postMessage, chat.update, auth.test,
 * apps.connections.open) on 127.0.0.1, and Socket Mode: it accepts what Slack accepts, refuses what Slack refuses, misbehaves when scripted to, and records it all.
 */
export class FakeSlack {
  /** Every request that came in, in the order in which they were read. */
  readonly requests: RecordedRequest[] = [];
  /** Slack's side of Socket Mode. */
  readonly sockets = new FakeSockets();
  private readonly scripted = new ScriptedAnswers();
  private readonly waiters = new Waiters();
  private readonly workspace: Workspace;
  private readonly server = createServer((request, response) => void this.receive(request, response));

  private constructor(private readonly now: () => number) {
    this.workspace = new Workspace(
      now,
      () => `${this.origin().replace('http', 'ws')}${this.sockets.ticket()}`,
    );
    this.server.on('upgrade', (request, socket, head) => this.sockets.upgrade(request, socket, head));
  }

  /** `now` is in ms since the epoch; the rate limit, timestamps and records go by it. */
  static async start({ now = Date.now }: { now?: () => number } = {}): Promise<FakeSlack> {
    const slack = new FakeSlack(now);
    await new Promise<void>((resolve, reject) => {
      slack.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return slack;
  }

  /** Destroys every open connection, those left hanging included. */
  async close(): Promise<void> {
    this.waiters.failAll('When the fake Slack was closed');
    this.sockets.close();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  webhookUrl(name = 'security'): string {
    return `${this.origin()}/services/${name}`;
  }

  apiUrl(): string {
    return `${this.origin()}/api`;
  }

  /** What was accepted and thus posted, in order. An update is an entry of its own. */
  get messages(): readonly AcceptedMessage[] {
    return this.workspace.messages;
  }

  /**
   * Tells how to answer the next `times` requests (Infinity: until `reset`), only those of `target` where given:
   * a path such as `/services/security`, or a Slack channel ID. Answers scripted earlier are used up first.
   */
  answerNext(answer: ScriptedAnswer, times = 1, target?: string): void {
    this.scripted.add(answer, times, target);
  }

  /** From now on each channel takes no more than this, and answers 429 with `Retry-After` beyond it. */
  limit(rate: Rate): void {
    this.workspace.limit(rate);
  }

  /** From now on these are the only valid tokens; until then all that begin with `xoxb-` are. */
  acceptTokens(...tokens: string[]): void {
    this.workspace.acceptTokens(tokens);
  }

  /** From now on these are the only valid app-level tokens; until then all that begin with `xapp-` are. */
  acceptAppTokens(...tokens: string[]): void {
    this.workspace.acceptAppTokens(tokens);
  }

  /** Back to plain Slack: no scripted answers, no rate limit, any `xoxb-` and `xapp-` token. Keeps what was recorded. */
  reset(): void {
    this.scripted.clear();
    this.workspace.limit(undefined);
    this.workspace.acceptTokens(undefined);
    this.workspace.acceptAppTokens(undefined);
  }

  /** All text a person can see of a message, with `&lt;` `&gt;` `&amp;` decoded where Slack decodes them. */
  textOf(message: AcceptedMessage): string {
    return messageText(message.body);
  }

  /**
   * Resolves with the messages as soon as there are `expected` of them, or the predicate holds; it is asked again
   * after every request. Rejects after `deadlineMs` of real time, and says what came instead.
   */
  async waitFor(
    expected: number | ((messages: readonly AcceptedMessage[]) => boolean),
    deadlineMs = 10_000,
  ): Promise<readonly AcceptedMessage[]> {
    const [holds, wanted] =
      typeof expected === 'number'
        ? [() => this.messages.length >= expected, `${expected} messages`]
        : [() => expected(this.messages), String(expected)];
    await this.waiters.until(
      holds,
      deadlineMs,
      (when) => `${when} Slack still lacked ${wanted}. ${this.seen()}`,
    );
    return this.messages;
  }

  private origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    const head = { at: this.now(), method: request.method ?? '', path, headers: request.headers };
    if (this.scripted.peek([path])?.kind === 'reset') {
      this.scripted.take([path]);
      request.socket.resetAndDestroy();
      this.record({ ...head, body: undefined, outcome: { kind: 'scripted', answer: 'reset' } });
      return;
    }
    const body = await readBody(request);
    if (body === undefined) return;
    const channel = channelNamedBy(body);
    const answer = this.scripted.take(channel === undefined ? [path] : [path, channel]);
    this.answer({ ...head, body }, response, answer);
  }

  private answer(
    request: ReceivedRequest,
    response: ServerResponse,
    scripted: ScriptedAnswer | undefined,
  ): void {
    if (scripted === undefined) {
      send(response, this.judge(request).reply);
      return;
    }
    switch (scripted.kind) {
      case 'status':
        this.recordScripted(request, scripted);
        send(response, scriptedReply(scripted));
        return;
      case 'hang':
        this.recordScripted(request, scripted);
        return;
      case 'drop':
        this.recordScripted(request, scripted);
        response.destroy();
        return;
      case 'reset':
        // Recorded with its body, which names the channel.
        this.recordScripted(request, scripted);
        response.socket?.resetAndDestroy();
        return;
      case 'drip':
        drip(response, this.judge(request).reply, scripted.periodMs);
        return;
      case 'accept-then-drop':
        this.judge(request);
        response.destroy();
        return;
      default:
        scripted satisfies never;
    }
  }

  private judge(request: ReceivedRequest): Verdict {
    const verdict = this.workspace.judge(request);
    this.record({ ...request, body: plainBody(request), outcome: verdict.judgement });
    return verdict;
  }

  private recordScripted(request: ReceivedRequest, { kind }: ScriptedAnswer): void {
    this.record({ ...request, body: plainBody(request), outcome: { kind: 'scripted', answer: kind } });
  }

  private record(request: RecordedRequest): void {
    this.requests.push(request);
    this.waiters.checkAll();
  }

  private seen(): string {
    const lines = this.requests.slice(-20).map(({ method, path, body, outcome }) => {
      return `  ${method} ${path} ${JSON.stringify(body)?.slice(0, 200)} -> ${JSON.stringify(outcome)}`;
    });
    const counts = `${this.messages.length} messages accepted of ${this.requests.length} requests`;
    return [`It had ${counts}, the last of which:`, ...lines].join('\n');
  }
}

function plainBody({ body }: ReceivedRequest): unknown {
  return body.kind === 'json' ? body.value : body.text;
}
