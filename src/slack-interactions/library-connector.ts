import type { SocketModeClient } from '@slack/socket-mode';
import { isObject } from '../domain/json-value.js';
import { connectionFailure } from './connection-failure.js';
import { SocketConnector, type ConnectionEnd, type SocketListener } from './socket-connector.js';
import { SocketLog } from './socket-log.js';
import { socketProxy } from './socket-proxy.js';

/** How long a connection may take to be closed by both sides before it is cut, in ms. */
const closingMs = 1_000;

/** An event of the library's: an envelope, and a function that acknowledges it. */
interface LibraryEvent {
  readonly ack: () => Promise<void>;
  readonly envelope_id: string;
  readonly type: string;
  readonly body: unknown;
}

export interface SocketAccess {
  readonly appToken: string;
  readonly apiUrl: string;
  /** For the request that asks for a socket, and for the socket to open, in ms each. */
  readonly timeoutMs: number;
}

/**
 * Connects by Slack's own library, which is loaded with the first connection. The library does not connect again by
 * itself: an attempt of its own that Slack refuses would be a rejection that nobody handles, which ends the process.
 */
export class LibraryConnector extends SocketConnector {
  constructor(private readonly access: SocketAccess) {
    super();
  }

  override async run(listener: SocketListener, signal: AbortSignal): Promise<ConnectionEnd> {
    try {
      const proxy = await socketProxy(this.access.apiUrl);
      try {
        return await this.connect(await this.client(proxy), listener, signal);
      } finally {
        await proxy?.close();
      }
    } catch (error) {
      return connectionFailure(error);
    }
  }

  private async client(dispatcher: Awaited<ReturnType<typeof socketProxy>>): Promise<SocketModeClient> {
    const { SocketModeClient } = await import('@slack/socket-mode');
    const { appToken, apiUrl, timeoutMs } = this.access;
    return new SocketModeClient({
      appToken,
      autoReconnectEnabled: false,
      logger: new SocketLog(),
      clientOptions: {
        slackApiUrl: apiUrl.replace(/\/*$/, '/'),
        timeout: timeoutMs,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        allowAbsoluteUrls: false,
      },
      ...(dispatcher !== undefined && { dispatcher }),
    });
  }

  private async connect(
    client: SocketModeClient,
    listener: SocketListener,
    signal: AbortSignal,
  ): Promise<ConnectionEnd> {
    let reason: string | undefined;
    let cut: NodeJS.Timeout | undefined;
    const end = (): void => void close(client);
    client.on('ws_message', (data: unknown) => {
      const announced = announcedEnd(data);
      if (announced === undefined) return;
      reason = announced;
      // The library closes the connection, and would wait for as long as Slack leaves it open.
      cut ??= setTimeout(end, closingMs);
    });
    client.on('slack_event', ({ ack, envelope_id: id, type, body }: LibraryEvent) => {
      if (!signal.aborted) listener.received({ id, type, payload: body, acknowledge: () => ack() });
    });
    let isOver = false;
    const ended = new Promise<void>((resolve) => {
      client.once('disconnected', () => {
        isOver = true;
        resolve();
      });
    });
    signal.addEventListener('abort', end, { once: true });
    const deadline = setTimeout(end, 2 * this.access.timeoutMs);
    try {
      if (signal.aborted) return { kind: 'closed' };
      await client.start();
      clearTimeout(deadline);
      // The library goes on to open a connection that was no longer wanted while it asked for one.
      if (isOver) await close(client);
      else listener.connected();
      await ended;
    } catch (error) {
      if (reason === undefined) return connectionFailure(error);
    } finally {
      clearTimeout(deadline);
      clearTimeout(cut);
      signal.removeEventListener('abort', end);
    }
    if (reason === 'link_disabled') return { kind: 'refused', error: reason };
    return { kind: 'closed', ...(reason !== undefined && { reason }) };
  }
}

/** Ends a connection; one that Slack leaves open is cut, which the library does when it is told to end it once more. */
async function close(client: SocketModeClient): Promise<void> {
  const cut = setTimeout(() => void client.disconnect(), closingMs);
  await client.disconnect();
  clearTimeout(cut);
}

/** The reason in Slack's announcement that it closes the connection. */
function announcedEnd(data: unknown): string | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const message: unknown = JSON.parse(data);
    if (!isObject(message) || message['type'] !== 'disconnect') return undefined;
    return typeof message['reason'] === 'string' ? message['reason'].slice(0, 100) : 'unknown';
  } catch {
    return undefined;
  }
}
