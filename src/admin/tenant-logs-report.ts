import { Inject, Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Settings } from '../config/settings.js';
import { storedStream } from '../ingest/tenant-logs/own-stream.js';
import { streamProblemText, type StreamProblem } from '../ingest/tenant-logs/stream-notices.js';
import { TenantAccess } from '../ingest/tenant-logs/tenant-access.js';
import type { Database } from '../storage/database/schema.js';
import { StreamStateStore } from '../storage/tenant-logs/stream-state-store.js';
import { TenantLogsStore } from '../storage/tenant-logs/tenant-logs-store.js';
import { isoTime } from './page.js';
import type { LogStreamStatus, TenantLogsStatus } from './connection-status.js';

/** What the replicas know of the tenant's logs and log stream, for the status. */
@Injectable()
export class TenantLogsReport {
  constructor(
    private readonly access: TenantAccess,
    private readonly settings: Settings,
    @Inject(Kysely) private readonly db: Kysely<Database>,
  ) {}

  /** Null where nothing is read. */
  async logs(): Promise<TenantLogsStatus | null> {
    const { tenant, mode } = this.access;
    if (tenant === undefined || mode === 'off') return null;
    const state = await new TenantLogsStore(this.db, tenant.domain).read();
    const failure = state?.failure;
    return {
      ok: failure === undefined,
      tenant: tenant.domain,
      mode,
      readUpTo: state?.position.logId === undefined ? null : isoTime(state.position.at),
      behind: state?.behind ?? false,
      caughtUpAt: state?.caughtUpAt === undefined ? null : isoTime(state.caughtUpAt),
      since: failure === undefined ? null : isoTime(failure.since),
      failure: failure?.kind ?? null,
      error: failure?.error ?? null,
    };
  }

  /** Null where no log stream is watched. */
  async stream(): Promise<LogStreamStatus | null> {
    const { tenant } = this.access;
    const { PUBLIC_URL: publicUrl } = this.settings;
    if (tenant === undefined || publicUrl === undefined) return null;
    const state = await new StreamStateStore(this.db, tenant.domain).read();
    const stream = storedStream(state?.stream);
    const problem = state?.problem === undefined ? undefined : (JSON.parse(state.problem) as StreamProblem);
    return {
      ok: problem === undefined,
      name: stream?.name ?? null,
      status: stream?.status ?? null,
      filters: stream?.filters ?? [],
      pii: stream?.pii ?? '',
      seenAt: state?.seenAt === undefined ? null : isoTime(state.seenAt),
      error: problem === undefined ? null : streamProblemText(problem, publicUrl.replace(/\/+$/, '')),
    };
  }
}
