import { Inject, Injectable, Logger } from '@nestjs/common';
import { Kysely } from 'kysely';
import type { Auth0Answer } from '../../auth0/auth0-answer.js';
import type { LogStream } from '../../auth0/log-stream.js';
import { Outage } from '../../app/outage.js';
import { Repeating } from '../../app/repeating.js';
import { logsFrom } from '../../config/auth0-access.js';
import { Settings } from '../../config/settings.js';
import { ChannelLeases } from '../../delivery/channel-lease.js';
import { Deliverer } from '../../delivery/deliverer.js';
import type { Notice } from '../../domain/alerting/message.js';
import { Clock, Timer } from '../../domain/clock.js';
import { parseDuration } from '../../domain/duration.js';
import { OpsNotices } from '../../operations/ops-notices.js';
import type { Database } from '../../storage/database/schema.js';
import { OutboxStore } from '../../storage/outbox/outbox-store.js';
import { StreamStateStore, type StreamState } from '../../storage/tenant-logs/stream-state-store.js';
import { TenantLogsStore } from '../../storage/tenant-logs/tenant-logs-store.js';
import { ownStream, storedStream, type WatchedStream } from './own-stream.js';
import { streamChanged, streamProblem, streamWell, type StreamProblem } from './stream-notices.js';
import { TenantAccess, type Tenant } from './tenant-access.js';

/** What passes by itself is tried again after so long, in ms. */
const soonMs = 60_000;

/**
 * Looks every so often at the log stream that posts to this router, and notifies ops when it is paused or suspended, when
 * its filters or what it hides are changed, and when it is well again.
 */
@Injectable()
export class StreamWatch extends Repeating {
  private readonly logger = new Logger(StreamWatch.name);
  private readonly outage = new Outage(
    this.logger,
    'the log stream is not watched',
    'the log stream is watched again',
  );
  private readonly everyMs: number;
  private readonly asking = new AbortController();

  constructor(
    private readonly access: TenantAccess,
    private readonly settings: Settings,
    @Inject(Kysely) private readonly db: Kysely<Database>,
    private readonly leases: ChannelLeases,
    private readonly notices: OpsNotices,
    private readonly deliverer: Deliverer,
    private readonly clock: Clock,
    timer: Timer,
  ) {
    super(timer);
    this.everyMs = parseDuration(settings.AUTH0_WATCH_EVERY) as number;
  }

  override onApplicationBootstrap(): void {
    if (this.access.tenant !== undefined && this.settings.PUBLIC_URL !== undefined)
      super.onApplicationBootstrap();
  }

  override async beforeApplicationShutdown(): Promise<void> {
    this.asking.abort();
    await super.beforeApplicationShutdown();
  }

  protected override async step(): Promise<number> {
    const { tenant } = this.access;
    const { PUBLIC_URL: publicUrl } = this.settings;
    if (tenant === undefined || publicUrl === undefined) return this.everyMs;
    const lease = `auth0-stream:${tenant.domain}`;
    try {
      const takenMs = await this.leases.take(lease);
      if (takenMs > 0) return takenMs;
      const waitMs = await this.look(tenant, publicUrl.replace(/\/+$/, ''));
      await this.leases.giveUp(lease);
      this.outage.worked();
      return waitMs;
    } catch (error) {
      this.outage.failed(error);
      return soonMs;
    }
  }

  private async look(tenant: Tenant, publicUrl: string): Promise<number> {
    const now = this.clock.now();
    const { logId, at } = logsFrom(this.settings, now);
    await new TenantLogsStore(this.db, tenant.domain).begin({ logId, at });
    const before = await new StreamStateStore(this.db, tenant.domain).read();
    if (before === undefined) return soonMs;
    const answer = await tenant.api.logStreams(this.asking.signal);
    switch (answer.kind) {
      case 'ok':
        await this.seen(tenant, before, ownStream(answer.value, publicUrl), publicUrl);
        return this.everyMs;
      case 'unauthorized':
      case 'forbidden':
      case 'refused':
      case 'not-found':
        await this.write(tenant, publicUrl, before, before.stream, { kind: 'not-seen', error: answer.error });
        return this.everyMs;
      case 'unavailable':
      case 'garbage':
      case 'rate-limited':
        return this.again(answer);
    }
  }

  private again(answer: Exclude<Auth0Answer<readonly LogStream[]>, { kind: 'ok' }>): number {
    if (!this.asking.signal.aborted)
      this.logger.warn(`the log stream could not be looked at: ${answer.kind}: ${answer.error}`);
    const least = answer.kind === 'rate-limited' ? answer.waitMs : 0;
    return Math.max(least, Math.min(soonMs, this.everyMs));
  }

  private async seen(
    tenant: Tenant,
    before: StreamState,
    stream: WatchedStream | undefined,
    publicUrl: string,
  ): Promise<void> {
    const stored = stream === undefined ? before.stream : JSON.stringify(stream);
    await this.write(tenant, publicUrl, before, stored, this.problemOf(stream));
  }

  private problemOf(stream: WatchedStream | undefined): StreamProblem | undefined {
    // With `pull` the router needs no stream.
    if (stream === undefined) return this.access.mode === 'pull' ? undefined : { kind: 'no-stream' };
    const { status, name } = stream;
    return status === 'active' ? undefined : { kind: 'not-active', status, name };
  }

  /** Commits the notices together with their cause. */
  private async write(
    { domain }: Tenant,
    publicUrl: string,
    before: StreamState,
    stream: string | undefined,
    problem: StreamProblem | undefined,
  ): Promise<void> {
    const seenAt = problem?.kind === 'not-seen' ? before.seenAt : this.clock.now();
    const after = { stream, seenAt, problem: problem && JSON.stringify(problem) };
    const notices = noticesOf(before, after, problem, publicUrl);
    const channels = await this.db.transaction().execute(async (tx) => {
      if (!(await new StreamStateStore(tx, domain).write(before, after))) return [];
      const outbox = new OutboxStore(tx);
      const woken: string[] = [];
      for (const notice of notices) woken.push(...(await this.notices.add(outbox, notice)));
      return woken;
    });
    if (channels.length > 0) this.deliverer.wake(channels);
  }
}

function noticesOf(
  before: StreamState,
  after: StreamState,
  problem: StreamProblem | undefined,
  publicUrl: string,
): readonly Omit<Notice, 'at'>[] {
  const had = before.problem === undefined ? undefined : (JSON.parse(before.problem) as StreamProblem);
  const [was, is] = [storedStream(before.stream), storedStream(after.stream)];
  const changed = was !== undefined && is !== undefined ? streamChanged(was, is) : undefined;
  const isOther =
    had?.kind !== problem?.kind ||
    (had?.kind === 'not-active' && problem?.kind === 'not-active' && had.status !== problem.status);
  const state = !isOther
    ? undefined
    : problem === undefined
      ? had && streamWell(had)
      : streamProblem(problem, publicUrl);
  return [state, changed].filter((notice) => notice !== undefined);
}
