import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { sql } from 'kysely';
import type { Timer } from '../../domain/clock.js';
import { Outage } from '../../app/outage.js';
import { Bus, topics, type BusHandler, type Topic } from './bus.js';
import type { ConnectedDatabase } from './connect-database.js';
import { libpqUrl } from './libpq-url.js';
import { connectionOptions } from './open-postgres.js';

const channelPrefix = 'alert_router_';
/** How often the connection is tried, so that a dead one is noticed, and how long that may take, in ms. */
const pingEveryMs = 10_000;
const pingTimeoutMs = 5_000;
const firstPauseMs = 250;
const longestPauseMs = 10_000;

/** LISTEN and NOTIFY: listens on a connection of its own, which it opens again when it is lost. */
export class PostgresBus extends Bus {
  private readonly logger = new Logger(PostgresBus.name);
  private readonly listenOutage = new Outage(
    this.logger,
    "other replicas can't be heard and are listened for again",
    'other replicas are heard again',
  );
  private readonly sendOutage = new Outage(
    this.logger,
    'other replicas could not be notified; they look for themselves every few seconds',
    'other replicas are notified again',
  );
  private readonly sender = randomUUID();
  private readonly handlers = new Map<Topic, BusHandler>();
  private readonly unsent = new Map<Topic, Set<string>>(topics.map((topic) => [topic, new Set()]));
  private readonly stopping = new AbortController();
  private sending: Promise<void> | undefined;
  private listening: Promise<void> | undefined;

  constructor(
    private readonly database: ConnectedDatabase,
    private readonly timer: Timer,
  ) {
    super();
  }

  override publish(topic: Topic, payloads: Iterable<string>): void {
    for (const payload of payloads) this.unsent.get(topic)?.add(payload);
    this.sending ??= this.send();
  }

  override subscribe(topic: Topic, handler: BusHandler): void {
    this.handlers.set(topic, handler);
  }

  override start(): void {
    this.listening ??= this.listen();
  }

  override async close(): Promise<void> {
    this.stopping.abort();
    await this.listening;
    await this.sending;
  }

  /** Sends in one go what has gathered while the one before was on its way. */
  private async send(): Promise<void> {
    // What is said in the same turn goes along, and nothing is cleared before it is set.
    await Promise.resolve();
    for (let messages = this.takeUnsent(); messages.length > 0; messages = this.takeUnsent()) {
      const channels = messages.map(({ topic }) => channelPrefix + topic);
      const payloads = messages.map(({ payload }) => `${this.sender} ${payload}`);
      try {
        await sql`
          select pg_notify(channel, payload)
          from unnest(${channels}::text[], ${payloads}::text[]) as messages (channel, payload)
        `.execute(this.database.db);
        this.sendOutage.worked();
      } catch (error) {
        this.sendOutage.failed(error);
      }
    }
    this.sending = undefined;
  }

  private takeUnsent(): { readonly topic: Topic; readonly payload: string }[] {
    const messages = [...this.unsent].flatMap(([topic, payloads]) =>
      [...payloads].map((payload) => ({ topic, payload })),
    );
    for (const payloads of this.unsent.values()) payloads.clear();
    return messages;
  }

  private async listen(): Promise<void> {
    const { signal } = this.stopping;
    let pauseMs = firstPauseMs;
    let everHeard = false;
    while (!signal.aborted) {
      try {
        await this.listenOnce(() => {
          if (everHeard) for (const topic of topics) this.hand(topic, undefined);
          everHeard = true;
          pauseMs = firstPauseMs;
        });
      } catch (error) {
        this.listenOutage.failed(error);
      }
      await this.timer.wait(pauseMs, signal);
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    }
  }

  /** Resolves when it is stopped. @throws Error when the connection is lost, or can't be made. */
  private async listenOnce(onListening: () => void): Promise<void> {
    const { Client } = await import('pg');
    const client = new Client({
      ...connectionOptions,
      connectionString: libpqUrl(this.database.url),
      query_timeout: pingTimeoutMs,
    });
    const lost = new AbortController();
    const ended = AbortSignal.any([this.stopping.signal, lost.signal]);
    client.on('error', (error) => lost.abort(error));
    client.on('end', () => lost.abort(new Error('the connection was closed')));
    client.on('notification', ({ channel, payload = '' }) => this.receive(channel, payload));
    try {
      await client.connect();
      for (const topic of topics) await client.query(`listen ${channelPrefix}${topic}`);
      onListening();
      while (!ended.aborted) {
        await this.timer.wait(pingEveryMs, ended);
        if (ended.aborted) break;
        await client.query('select 1');
        this.listenOutage.worked();
      }
      if (!this.stopping.signal.aborted) lost.signal.throwIfAborted();
    } finally {
      // A connection whose other end is gone would otherwise be waited for until the system gives it up.
      await Promise.race([client.end(), this.timer.wait(1_000, new AbortController().signal)]);
    }
  }

  private receive(channel: string, text: string): void {
    const topic = topics.find((name) => channel === channelPrefix + name);
    const space = text.indexOf(' ');
    if (topic === undefined || text.slice(0, space) === this.sender) return;
    this.hand(topic, text.slice(space + 1));
  }

  private hand(topic: Topic, payload: string | undefined): void {
    this.handlers
      .get(topic)?.(payload)
      .catch((error: unknown) => this.logger.error(`a message about ${topic} failed: ${String(error)}`));
  }
}
