import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Clock, Timer } from '../domain/clock.js';
import type { Metrics } from '../metrics/metrics.js';
import type { OpsNotices } from '../operations/ops-notices.js';
import type { ConnectionEnd, SocketConnector, SocketEnvelope } from './socket-connector.js';
import type { SocketEnvelopes } from './socket-envelopes.js';
import { SocketWaits } from './socket-waits.js';

/** An acknowledgement that comes later than this, in ms, is worth nothing to Slack. */
const acknowledgedWithinMs = 3_000;

export interface SocketState {
  readonly connected: boolean;
  /** Since when it is or is not connected, in ms since the epoch. */
  readonly since: number;
  /** Why it is not; undefined also while Slack has one connection replaced by the next. */
  readonly error?: string;
}

/** Keeps a connection to Slack's Socket Mode, as long as the service runs, over which clicks come. */
export class SlackSocket implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SlackSocket.name);
  private readonly waits: SocketWaits;
  private readonly stop = new AbortController();
  private readonly underWay = new Set<Promise<void>>();
  private current: SocketState;
  private running: Promise<void> | undefined;
  private stopping = false;
  /** What ops were told of last, until a connection is open again. */
  private told: string | undefined;

  constructor(
    private readonly connector: SocketConnector,
    private readonly envelopes: Pick<SocketEnvelopes, 'take'>,
    private readonly notices: Pick<OpsNotices, 'raise'>,
    private readonly clock: Clock,
    private readonly timer: Timer,
    metrics: Pick<Metrics, 'sampled'>,
  ) {
    this.waits = new SocketWaits(clock);
    this.current = { connected: false, since: clock.now() };
    metrics.sampled('slack_socket_connected', 'Whether Slack sends clicks over Socket Mode', () =>
      this.current.connected ? 1 : 0,
    );
  }

  get state(): SocketState {
    return this.current;
  }

  /** The start does not wait for Slack. */
  onApplicationBootstrap(): void {
    this.running = this.keepConnected();
  }

  /** Clicks that were taken are stored and acknowledged first; those that come meanwhile are for the next process. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    const { signal } = this.stop;
    await Promise.race([Promise.all(this.underWay), this.timer.wait(acknowledgedWithinMs, signal)]);
    this.stop.abort();
    await this.running;
  }

  private async keepConnected(): Promise<void> {
    const { signal } = this.stop;
    while (!signal.aborted) {
      const listener = { connected: () => this.connected(), received: this.received.bind(this) };
      const end = await this.connector.run(listener, signal);
      if (signal.aborted) break;
      await this.ended(end);
      await this.timer.wait(this.waits.after(end), signal);
    }
    this.current = { connected: false, since: this.clock.now() };
  }

  private connected(): void {
    const { error } = this.current;
    if (error !== undefined) this.logger.log('connected to Slack over Socket Mode again');
    else this.logger.debug('connected to Slack over Socket Mode');
    this.told = undefined;
    this.waits.begin();
    this.current = { connected: true, since: this.clock.now() };
  }

  private received(envelope: SocketEnvelope): void {
    if (this.stopping) return;
    const taken = this.envelopes.take(envelope).finally(() => this.underWay.delete(taken));
    this.underWay.add(taken);
  }

  private async ended(end: ConnectionEnd): Promise<void> {
    const since = this.current.connected ? this.clock.now() : this.current.since;
    switch (end.kind) {
      case 'closed':
        this.logger.debug(`a connection of Socket Mode was closed: ${end.reason ?? 'without a reason'}`);
        this.current = { connected: false, since };
        return;
      case 'failed':
        if (this.current.error !== end.error)
          this.logger.warn(
            `Slack can't be reached over Socket Mode, and is tried again: ${end.error}. Until then buttons have no effect.`,
          );
        this.current = { connected: false, since, error: end.error };
        return;
      case 'refused':
        this.current = { connected: false, since, error: end.error };
        await this.refused(end.error);
    }
  }

  private async refused(error: string): Promise<void> {
    if (this.told === error) return;
    this.told = error;
    const title = 'Slack refuses Socket Mode, so the buttons below messages have no effect';
    const detail = `${error}: ${adviceOn(error)} Slack is asked again every few minutes.`;
    this.logger.error(`${title}. ${detail}`);
    await this.notices.raise({ severity: 'high', title, detail });
  }
}

function adviceOn(error: string): string {
  switch (error) {
    case 'link_disabled':
      return "switch Socket Mode on in the Slack app's settings, or take SLACK_APP_TOKEN away.";
    case 'not_allowed_token_type':
    case 'missing_scope':
      return 'SLACK_APP_TOKEN must be an app-level token (xapp-…) with the scope connections:write.';
    default:
      return "make a new app-level token in the Slack app's Basic Information, and start the router with it as SLACK_APP_TOKEN.";
  }
}
