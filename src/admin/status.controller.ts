import { Controller, Get, Inject } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Clock } from '../domain/clock.js';
import { Ingestor } from '../ingest/ingestor.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { SlackSocket } from '../slack-interactions/slack-socket.js';
import { LeaseStore } from '../storage/leases/lease-store.js';
import { OutboxOperations, type ChannelHealth } from '../storage/outbox/outbox-operations.js';
import type { Database } from '../storage/database/schema.js';
import { WriteCheck } from '../storage/database/write-check.js';
import { AdminApi, Answer } from '../web/api-answers.js';
import { ApiOperation } from '../web/api-description.js';
import { RefusedAuthentications } from '../web/refused-authentications.js';
import type { SlackSocketStatus } from './connection-status.js';
import { isoTime } from './page.js';
import { TenantLogsReport } from './tenant-logs-report.js';
import {
  StatusAnswer,
  statusExample,
  type ChannelStatus,
  type DeadMessagesStatus,
  type LeaseStatus,
  type RulesStatus,
} from './status-view.js';

/** Tells operators what /readyz, which is open to all, keeps to itself. */
@AdminApi('status')
@Controller('admin/status')
export class StatusController {
  constructor(
    private readonly writes: WriteCheck,
    private readonly rules: CurrentRules,
    private readonly operations: OutboxOperations,
    private readonly ingestor: Ingestor,
    private readonly refused: RefusedAuthentications,
    private readonly clock: Clock,
    private readonly tenantLogs: TenantLogsReport,
    @Inject(SlackSocket) private readonly socket: SlackSocket | null,
    @Inject(Kysely) private readonly db: Kysely<Database>,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What is wrong now, and since when' })
  @Answer(200, 'The status', StatusAnswer, statusExample)
  async status(): Promise<StatusAnswer> {
    const database = await this.writes.health();
    const rules = this.rulesStatus();
    // A database that fails meanwhile is reported by the next answer.
    const channels = database.ok ? await orNull(this.channels()) : null;
    const dead = database.ok ? await orNull(this.dead()) : null;
    const leases = database.ok ? await orNull(this.leases()) : null;
    const tenantLogs = database.ok ? await orNull(this.tenantLogs.logs()) : null;
    const logStream = database.ok ? await orNull(this.tenantLogs.stream()) : null;
    const isWell = database.ok && rules.ok && channels?.length === 0 && dead?.length === 0;
    const slackSocket = this.socketStatus();
    return {
      ok: isWell && [tenantLogs, logStream, slackSocket].every((part) => part?.ok !== false),
      database: database.ok
        ? { ok: true, since: null, error: null }
        : { ok: false, since: isoTime(database.since), error: database.error },
      rules,
      channels,
      dead,
      refused: this.refused
        .list()
        .map(({ at, refused, since, last }) => ({ at, refused, since: isoTime(since), last: isoTime(last) })),
      queue: this.ingestor.queue,
      leases,
      tenantLogs,
      logStream,
      slackSocket,
    };
  }

  private socketStatus(): SlackSocketStatus | null {
    if (this.socket === null) return null;
    const { connected, since, error } = this.socket.state;
    return { ok: error === undefined, connected, since: isoTime(since), error: error ?? null };
  }

  private rulesStatus(): RulesStatus {
    const { current, loadedAt, failingSince, lastProblems } = this.rules;
    return {
      ok: failingSince === undefined,
      since: failingSince === undefined ? null : isoTime(failingSince),
      hash: current.hash,
      loadedAt: isoTime(loadedAt ?? 0),
      rules: current.rules.length,
      errors: lastProblems,
    };
  }

  private async channels(): Promise<readonly ChannelStatus[]> {
    const now = this.clock.now();
    const healths = [...(await this.operations.healths())].sort(([a], [b]) => a.localeCompare(b));
    return healths.flatMap(([name, health]) => {
      const found = wrongWith(health, now);
      if (found === undefined) return [];
      return [
        {
          name,
          ...found,
          since: health.failingSince === null ? null : isoTime(health.failingSince),
          until: health.heldUntil > now ? isoTime(health.heldUntil) : null,
          waiting: health.waiting,
        },
      ];
    });
  }

  private async dead(): Promise<readonly DeadMessagesStatus[]> {
    const dead = await this.operations.dead();
    return dead.map((entry) => ({ ...entry, since: isoTime(entry.since), last: isoTime(entry.last) }));
  }

  private async leases(): Promise<readonly LeaseStatus[]> {
    const leases = await new LeaseStore(this.db).list();
    return leases.map(({ channel, holder, for_ms: ms }) => ({ channel, holder, expiresInMs: Number(ms) }));
  }
}

function wrongWith(
  { paused, heldUntil, failingSince }: ChannelHealth,
  now: number,
): Pick<ChannelStatus, 'state' | 'why'> | undefined {
  if (paused !== null) return { state: 'paused', why: paused };
  if (heldUntil > now) return { state: 'held', why: 'Slack asked for a pause' };
  return failingSince === null
    ? undefined
    : { state: 'retrying', why: 'a message could not be posted so far' };
}

function orNull<T>(asked: Promise<T>): Promise<T | null> {
  return asked.catch(() => null);
}
