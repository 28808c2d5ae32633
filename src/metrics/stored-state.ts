import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Settings } from '../config/settings.js';
import { Clock } from '../domain/clock.js';
import { parseDuration } from '../domain/duration.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { KyselyTransactions } from '../storage/database/kysely-transactions.js';
import type { Database } from '../storage/database/schema.js';
import { LeaseStore } from '../storage/leases/lease-store.js';
import { OutboxOperations } from '../storage/outbox/outbox-operations.js';
import { noOutcome, RuleOutcomes } from '../storage/resolutions/rule-outcomes.js';
import { Metrics } from './metrics.js';

/** How long what was read is reported again, in ms: other than the outbox, the keys of windows are many to count, and people resolve few alerts in a minute. */
const [outboxHoldsMs, keysHoldMs] = [5_000, 60_000];

/** What is stored at the time of a scrape: the same on every replica, so that a query takes the maximum of them. */
@Injectable()
export class StoredState {
  private readonly gauges: ReturnType<typeof gaugesOf>;
  private outboxReadAt = Number.NEGATIVE_INFINITY;
  private keysReadAt = Number.NEGATIVE_INFINITY;

  constructor(
    metrics: Metrics,
    private readonly rules: CurrentRules,
    private readonly operations: OutboxOperations,
    private readonly outcomes: RuleOutcomes,
    private readonly transactions: KyselyTransactions,
    private readonly settings: Settings,
    private readonly clock: Clock,
    @Inject(Kysely) private readonly db: Kysely<Database>,
  ) {
    this.gauges = gaugesOf(metrics);
  }

  /** Reads what is too old. What can't be read stays as it was read last. */
  async refresh(): Promise<void> {
    const { gauges } = this;
    const { hits, misses } = this.transactions.windowCache;
    gauges.cache.set({ result: 'hit' }, hits);
    gauges.cache.set({ result: 'miss' }, misses);
    const now = this.clock.now();
    try {
      if (Math.abs(now - this.outboxReadAt) >= outboxHoldsMs) {
        this.outboxReadAt = now;
        await this.readOutbox(now);
      }
      if (Math.abs(now - this.keysReadAt) >= keysHoldMs) {
        this.keysReadAt = now;
        await this.readKeys();
        await this.readOutcomes(now);
      }
    } catch {
      // alert_router_database_writable and alert_router_database_errors_total report the database.
    }
  }

  private async readOutbox(now: number): Promise<void> {
    const { gauges } = this;
    const healths = await this.operations.healths();
    const dead = new Map((await this.operations.dead()).map(({ channel, messages }) => [channel, messages]));
    const leases = await new LeaseStore(this.db).list();
    const silences = await this.db
      .selectFrom('silences')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('ended_at', 'is', null)
      .where('ends_at', '>', now)
      .executeTakeFirstOrThrow();
    gauges.silences.set(Number(silences.count));

    for (const gauge of [
      gauges.waiting,
      gauges.oldest,
      gauges.dead,
      gauges.held,
      gauges.paused,
      gauges.lease,
    ])
      gauge.reset();
    const channels = new Set([...this.rules.current.channels.keys(), ...healths.keys(), ...dead.keys()]);
    for (const channel of channels) {
      const health = healths.get(channel);
      gauges.waiting.set({ channel }, health?.waiting ?? 0);
      gauges.oldest.set({ channel }, Math.max(0, now - (health?.oldestAt ?? now)) / 1_000);
      gauges.dead.set({ channel }, dead.get(channel) ?? 0);
      gauges.held.set({ channel }, (health?.heldUntil ?? 0) > now ? 1 : 0);
      gauges.paused.set({ channel }, (health?.paused ?? null) === null ? 0 : 1);
    }
    for (const { channel, holder } of leases) gauges.lease.set({ channel, holder }, 1);
    await this.readTenantLogs(now);
  }

  private async readTenantLogs(now: number): Promise<void> {
    const { gauges } = this;
    const rows = await this.db
      .selectFrom('tenant_logs')
      .select(['tenant', 'position_at', 'behind', 'failure', 'stream_seen_at', 'stream_problem'])
      .execute();
    for (const gauge of [gauges.logsLag, gauges.streamWell]) gauge.reset();
    for (const { tenant, ...row } of rows) {
      const isBehind = row.behind === 1 || row.failure !== null;
      gauges.logsLag.set({ tenant }, isBehind ? Math.max(0, now - row.position_at) / 1_000 : 0);
      if (row.stream_seen_at !== null || row.stream_problem !== null)
        gauges.streamWell.set({ tenant }, row.stream_problem === null ? 1 : 0);
    }
  }

  private async readOutcomes(now: number): Promise<void> {
    const { gauges } = this;
    const outcomes = await this.outcomes.since(
      now - (parseDuration(this.settings.KEEP_DELIVERED_FOR) as number),
    );
    for (const gauge of [gauges.alerts, gauges.acknowledged]) gauge.reset();
    for (const { id: rule } of this.rules.current.rules) {
      const outcome = outcomes.get(rule) ?? noOutcome;
      gauges.alerts.set({ rule, state: 'open' }, outcome.open);
      gauges.alerts.set({ rule, state: 'acknowledged' }, outcome.acknowledged);
      gauges.alerts.set({ rule, state: 'true-positive' }, outcome.truePositive);
      gauges.alerts.set({ rule, state: 'false-positive' }, outcome.falsePositive);
      gauges.alerts.set({ rule, state: 'expected' }, outcome.expected);
      if (outcome.acknowledgedAfterMs !== null)
        gauges.acknowledged.set({ rule }, outcome.acknowledgedAfterMs / 1_000);
    }
  }

  private async readKeys(): Promise<void> {
    const { gauges } = this;
    const windows = await this.db
      .selectFrom('windows')
      .select(['id', 'rule'])
      .where('replaced_at', 'is', null)
      .execute();
    gauges.keys.reset();
    for (const { id, rule } of windows) {
      const { count } = await this.db
        .selectFrom('window_keys')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('window_id', '=', id)
        .executeTakeFirstOrThrow();
      gauges.keys.set({ rule }, Number(count));
      // SQLite answers without a turn of the event loop.
      await nextTurn();
    }
  }
}

function gaugesOf(metrics: Metrics) {
  const byChannel = (name: string, help: string) => metrics.gauge(name, help, ['channel']);
  return {
    waiting: byChannel('outbox_messages', 'Messages that wait to be posted'),
    oldest: byChannel(
      'outbox_oldest_age_seconds',
      'For how long the oldest message that waits has waited; 0 where none does',
    ),
    dead: byChannel('outbox_dead_messages', 'Messages that were given up'),
    held: byChannel('channel_held', 'Whether the channel waits as long as Slack asked for'),
    paused: byChannel('channel_paused', 'Whether the channel waits to be mended'),
    lease: metrics.gauge(
      'channel_lease',
      'Which replica delivers to the channel, where replicas share a database',
      ['channel', 'holder'],
    ),
    logsLag: metrics.gauge(
      'tenant_logs_lag_seconds',
      "How old the last event is that was read of the tenant's logs, while there is more to read; else 0",
      ['tenant'],
    ),
    streamWell: metrics.gauge(
      'log_stream_active',
      'Whether the log stream that posts to this router was seen to be active',
      ['tenant'],
    ),
    alerts: metrics.gauge(
      'rule_alerts',
      'Alerts that messages show, as far back as they are kept, by what people made of them',
      ['rule', 'state'],
    ),
    acknowledged: metrics.gauge(
      'rule_acknowledged_after_seconds',
      'After how long a message with alerts of the rule was first acknowledged or resolved: the median',
      ['rule'],
    ),
    silences: metrics.gauge('silences', 'Silences in force'),
    keys: metrics.gauge('window_keys', 'Keys that a window remembers', ['rule']),
    cache: metrics.gauge(
      'window_cache_uses',
      'Keys of windows whose state was in memory, and that had to be read, since the start',
      ['result'],
    ),
  };
}
