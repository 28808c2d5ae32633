import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { packageVersion } from '../app/package-folder.js';
import type { Reason } from '../domain/alerting/decision.js';
import type { NextStep } from '../domain/alerting/retry-policy.js';
import type { IngestResult } from '../domain/ingest-result.js';
import type { RuleSet } from '../domain/rule-set.js';
import type { ProtectedArea, Pressure, RefusalReason } from '../web/problem-details.js';
import { firstSeries } from './first-series.js';

/** In seconds: from a statement to a batch that nearly missed its deadline. */
const databaseBuckets = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10];
/** In seconds: a post to Slack takes a few tenths, and is given up after SLACK_TIMEOUT. */
const postBuckets = [0.1, 0.3, 1, 3, 10];

/** What the router counts as it happens, for Prometheus. Labels are closed lists, or names that operators gave. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  private readonly batches = this.counter('batches_total', 'Batches by what became of them', ['result']);
  private readonly commits = this.histogram(
    'batch_commit_seconds',
    'From the end of matching until the alerts of a batch were on disk, or could not be stored',
    [],
    databaseBuckets,
  );
  private readonly events = this.counter('events_total', 'Events taken in', []);
  private readonly skipped = this.counter(
    'elements_skipped_total',
    'Elements of batches that were not events',
    [],
  );
  private readonly duplicates = this.counter(
    'events_duplicate_total',
    'Events that matched and had been taken before',
    [],
  );
  private readonly lastEventAt = this.gauge(
    'last_event_timestamp_seconds',
    'When a batch with an event arrived last; 0 before the first',
  );
  private readonly matches = this.counter('matches_total', 'Events that the match of a rule held for', [
    'rule',
  ]);
  private readonly decisions = this.counter(
    'decisions_total',
    'Matches by rule and by why they did or did not alert',
    ['rule', 'reason'],
  );
  private readonly attempts = this.counter(
    'delivery_attempts_total',
    'Posts by channel and by what followed',
    ['channel', 'step'],
  );
  private readonly posts = this.histogram(
    'delivery_post_seconds',
    'What a post to a channel took, whatever its outcome',
    ['channel'],
    postBuckets,
  );
  private readonly evictedKeys = this.counter(
    'window_keys_evicted_total',
    'Keys that windows forgot because they had too many',
    ['rule'],
  );
  private readonly refusedAuthentications = this.counter(
    'authentications_refused_total',
    'Requests refused for their token by what they were for and why',
    ['at', 'reason'],
  );
  private readonly unknownPaths = this.counter(
    'unknown_paths_total',
    'Requests below /api, and posts elsewhere, at a path where there is nothing',
    ['below'],
  );
  private readonly shedRequests = this.counter(
    'requests_shed_total',
    'Requests refused because the process had more to do than it can',
    ['reason'],
  );
  private readonly statements = this.histogram(
    'database_statement_seconds',
    'What a statement took',
    [],
    databaseBuckets,
  );
  private readonly failedStatements = this.counter('database_errors_total', 'Statements that failed', []);
  private readonly reloads = this.counter('rules_reloads_total', 'Loads of the rules file by result', [
    'result',
  ]);
  private readonly reloadSuccessful = this.gauge(
    'rules_last_reload_successful',
    'Whether the last load of the rules file succeeded',
  );
  private readonly reloadSucceededAt = this.gauge(
    'rules_last_reload_success_timestamp_seconds',
    'When the rules in force were loaded',
  );
  private readonly reloadSeconds = this.gauge(
    'rules_last_reload_seconds',
    'What the last load of the rules file took',
  );
  private readonly rulesInForce = this.gauge('rules', 'Rules in force');
  private readonly rulesHash = this.gauge('rules_info', 'The hash of the rules in force', ['hash']);
  private readonly databaseWritable = this.gauge(
    'database_writable',
    'Whether the database took the last write that was tried, at most a few seconds ago',
  );

  private readonly logPages = this.counter(
    'tenant_logs_pages_total',
    "Pages of the tenant's logs that were read through the Management API",
    [],
  );
  private readonly logPageErrors = this.counter(
    'tenant_logs_errors_total',
    "Pages of the tenant's logs that could not be read, by why",
    ['kind'],
  );

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    const build = this.gauge('build_info', 'The version of the router and of Node', ['version', 'node']);
    build.set({ version: packageVersion(), node: process.versions.node }, 1);
    for (const result of firstSeries.batches) this.batches.inc({ result }, 0);
    for (const at of firstSeries.areas)
      for (const reason of firstSeries.refusals) this.refusedAuthentications.inc({ at, reason }, 0);
    for (const below of firstSeries.unknownPaths) this.unknownPaths.inc({ below }, 0);
    for (const reason of firstSeries.pressures) this.shedRequests.inc({ reason }, 0);
    for (const result of ['ok', 'failed']) this.reloads.inc({ result }, 0);
    this.lastEventAt.set(0);
  }

  logPageRead(): void {
    this.logPages.inc();
  }

  logPageFailed(kind: string): void {
    this.logPageErrors.inc({ kind });
  }

  batchTaken(result: IngestResult['kind']): void {
    this.batches.inc({ result });
  }

  batchCommitted(durationMs: number): void {
    this.commits.observe(durationMs / 1_000);
  }

  /** @param at when they arrived, in ms since the epoch */
  eventsTaken(events: number, skipped: number, at: number): void {
    this.events.inc(events);
    this.skipped.inc(skipped);
    this.lastEventAt.set(at / 1_000);
  }

  /** Counts what was decided of the matches of a batch. */
  decided(
    decisions: readonly { readonly rule: string; readonly logId: string; readonly reason: Reason }[],
  ): void {
    const duplicates = new Set<string>();
    for (const { rule, logId, reason } of decisions) {
      this.matches.inc({ rule });
      this.decisions.inc({ rule, reason });
      if (reason === 'duplicate') duplicates.add(logId);
    }
    this.duplicates.inc(duplicates.size);
  }

  attempted(channel: string, step: NextStep['kind']): void {
    this.attempts.inc({ channel, step });
  }

  posted(channel: string, durationMs: number): void {
    this.posts.observe({ channel }, durationMs / 1_000);
  }

  windowKeysEvicted(rule: string, keys: number): void {
    this.evictedKeys.inc({ rule }, keys);
  }

  authenticationRefused(at: ProtectedArea, reason: RefusalReason): void {
    this.refusedAuthentications.inc({ at, reason });
  }

  pathUnknown(below: 'api' | 'elsewhere'): void {
    this.unknownPaths.inc({ below });
  }

  requestShed(reason: Pressure): void {
    this.shedRequests.inc({ reason });
  }

  statementRan(durationMs: number, failed: boolean): void {
    this.statements.observe(durationMs / 1_000);
    if (failed) this.failedStatements.inc();
  }

  databaseTested(writable: boolean): void {
    this.databaseWritable.set(writable ? 1 : 0);
  }

  /**
   * Rules were put in force. Their series and those of their channels begin, and those of others end, so that reloads
   * don't add to them without end.
   *
   * @param loadedAt ms since the epoch
   */
  async rulesLoaded({ rules, channels, hash }: RuleSet, loadedAt: number): Promise<void> {
    this.reloads.inc({ result: 'ok' });
    this.reloadSuccessful.set(1);
    this.reloadSucceededAt.set(loadedAt / 1_000);
    this.rulesInForce.set(rules.length);
    this.rulesHash.reset();
    this.rulesHash.set({ hash }, 1);
    const ids = new Set(rules.map(({ id }) => id));
    for (const rule of ids) {
      this.matches.inc({ rule }, 0);
      this.decisions.inc({ rule, reason: 'sent' }, 0);
      this.evictedKeys.inc({ rule }, 0);
    }
    for (const channel of channels.keys())
      for (const step of firstSeries.steps) this.attempts.inc({ channel, step }, 0);
    for (const metric of [this.matches, this.decisions, this.evictedKeys])
      for (const { labels } of (await metric.get()).values)
        if (!ids.has(String(labels.rule))) metric.remove(labels);
    for (const { labels } of (await this.attempts.get()).values)
      if (!channels.has(String(labels.channel))) this.attempts.remove(labels);
    for (const { labels } of (await this.posts.get()).values)
      if (!channels.has(String(labels.channel))) this.posts.remove({ channel: String(labels.channel) });
  }

  reloadFailed(): void {
    this.reloads.inc({ result: 'failed' });
    this.reloadSuccessful.set(0);
  }

  reloadTook(durationMs: number): void {
    this.reloadSeconds.set(durationMs / 1_000);
  }

  counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ ...this.named(name, help), labelNames: [...labelNames] });
  }

  gauge<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
    return new Gauge({ ...this.named(name, help), labelNames: [...labelNames] });
  }

  /** A gauge that is asked for its value at each scrape. */
  sampled(name: string, help: string, read: () => number): Gauge {
    return new Gauge({
      ...this.named(name, help),
      collect() {
        this.set(read());
      },
    });
  }

  private histogram<L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    buckets: readonly number[],
  ): Histogram<L> {
    return new Histogram({
      ...this.named(name, help),
      labelNames: [...labelNames],
      buckets: [...buckets],
    });
  }

  private named(name: string, help: string) {
    return { name: `alert_router_${name}`, help, registers: [this.registry] };
  }
}
