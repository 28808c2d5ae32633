import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { isJsonObject, type JsonObject, stringAt } from './json.js';

/** Why Slack says that it closes a connection. */
export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

/** An envelope, and what became of it. */
export interface SentEnvelope {
  readonly id: string;
  readonly payload: JsonObject;
  /** How often it was sent. */
  deliveries: number;
  acknowledged: boolean;
  /** The connection it was sent to last. */
  at?: WebSocket;
  sentAt: number;
}

/** How often envelopes are looked at that may have to be sent again, in ms. */
const lookMs = 20;

/**
 * Slack's side of Socket Mode: connections are opened by tickets that each open one, get `hello` and envelopes, and are
 * expected to acknowledge these. An envelope goes to one connection, and to another when it was not acknowledged
 * in time or its connection was closed; without a connection it waits for one.
 */
export class FakeSockets {
  readonly envelopes: SentEnvelope[] = [];
  /** Whether connections get `hello`. */
  saysHello = true;
  /** Whether acknowledgements arrive. */
  hearsAcknowledgements = true;
  /** How many arrived, of envelopes that were sent again too. */
  acknowledgements = 0;
  /** How many connections were opened. */
  opened = 0;
  private readonly tickets = new Set<string>();
  private readonly server = new WebSocketServer({ noServer: true });
  private readonly looking = setInterval(() => this.look(), lookMs);
  private turn = 0;

  /** @param acknowledgeMs how long an acknowledgement may take */
  constructor(public acknowledgeMs = 3_000) {}

  /** The path that opens one connection. */
  ticket(): string {
    const ticket = randomUUID();
    this.tickets.add(ticket);
    return `/link/?ticket=${ticket}&app_id=A1`;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('ticket') ?? '';
    if (!this.tickets.delete(ticket)) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    this.server.handleUpgrade(request, socket, head, (connection) => {
      this.opened += 1;
      connection.on('message', (data) => this.acknowledge(String(data)));
      connection.on('error', () => connection.terminate());
      if (this.saysHello) this.hello(connection);
    });
  }

  /** Connections that are open. */
  get connections(): readonly WebSocket[] {
    return [...this.server.clients].filter(({ readyState }) => readyState === WebSocket.OPEN);
  }

  /** Reports an interaction, as soon as there is a connection, and again until it is acknowledged. */
  send(payload: JsonObject): SentEnvelope {
    const trigger = { trigger_id: `1.2.${randomUUID().replaceAll('-', '')}` };
    const envelope: SentEnvelope = {
      id: randomUUID(),
      payload: { ...trigger, ...payload },
      deliveries: 0,
      acknowledged: false,
      sentAt: 0,
    };
    this.envelopes.push(envelope);
    this.look();
    return envelope;
  }

  /** Sends an envelope once more to every connection, whatever became of it, as an envelope of another id where given. */
  sendAgain({ id, payload }: SentEnvelope, otherId = id): void {
    for (const connection of this.connections) deliver(connection, otherId, payload, 1);
  }

  /** Says that every connection is about to be closed. Whoever is connected closes it. */
  announce(reason: DisconnectReason): void {
    const text = JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'wss-fake' } });
    for (const connection of this.connections) connection.send(text);
  }

  /** Cuts every connection without a word. */
  drop(): void {
    for (const connection of this.server.clients) connection.terminate();
  }

  close(): void {
    clearInterval(this.looking);
    this.drop();
    this.server.close();
  }

  private hello(connection: WebSocket): void {
    const connectionInfo = { app_id: 'A1' };
    connection.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.connections.length,
        connection_info: connectionInfo,
      }),
    );
  }

  private look(): void {
    for (const envelope of this.envelopes) {
      if (envelope.acknowledged) continue;
      const { at, sentAt } = envelope;
      const waits = at?.readyState === WebSocket.OPEN && Date.now() - sentAt < this.acknowledgeMs;
      const open = this.connections;
      if (waits || open.length === 0) continue;
      this.turn += 1;
      const connection = open[this.turn % open.length] as WebSocket;
      deliver(connection, envelope.id, envelope.payload, envelope.deliveries);
      envelope.deliveries += 1;
      envelope.at = connection;
      envelope.sentAt = Date.now();
    }
  }

  private acknowledge(text: string): void {
    if (!this.hearsAcknowledgements) return;
    this.acknowledgements += 1;
    const message: unknown = JSON.parse(text);
    const id = isJsonObject(message) ? stringAt(message, 'envelope_id') : undefined;
    for (const envelope of this.envelopes) if (envelope.id === id) envelope.acknowledged = true;
  }
}

function deliver(connection: WebSocket, id: string, payload: JsonObject, attempt: number): void {
  connection.send(
    JSON.stringify({
      envelope_id: id,
      type: 'interactive',
      accepts_response_payload: false,
      retry_attempt: attempt,
      retry_reason: attempt === 0 ? '' : 'timeout',
      payload,
    }),
  );
}
