import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { IngestResult } from '../domain/ingest-result.js';
import type { Reason } from '../domain/alerting/decision.js';
import type { NextStep } from '../domain/alerting/retry-policy.js';
import type { ProtectedArea, Pressure, RefusalReason } from '../web/problem-details.js';

/** What the router counts, for Prometheus. Labels are closed lists, or names that operators gave. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  private readonly batches = this.counter('batches_total', 'Batches by what became of them', ['result']);
  private readonly events = this.counter('events_total', 'Events taken in', []);
  private readonly skipped = this.counter(
    'elements_skipped_total',
    'Elements of batches that were no events',
    [],
  );
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
  private readonly reloadSuccessful = this.gauge(
    'rules_last_reload_successful',
    'Whether the last load of the rules file succeeded',
  );
  private readonly reloadSucceededAt = this.gauge(
    'rules_last_reload_success_timestamp_seconds',
    'When the rules in force were loaded',
  );
  private readonly databaseWritable = this.gauge(
    'database_writable',
    'Whether the database took the last write that was tried, at most a few seconds ago',
  );
  private readonly rulesInForce = this.gauge('rules', 'Rules in force');

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  batchTaken(result: IngestResult['kind']): void {
    this.batches.inc({ result });
  }

  eventsTaken(events: number, skipped: number): void {
    this.events.inc(events);
    this.skipped.inc(skipped);
  }

  decided(rule: string, reason: Reason): void {
    this.decisions.inc({ rule, reason });
  }

  attempted(channel: string, step: NextStep['kind']): void {
    this.attempts.inc({ channel, step });
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

  databaseTested(writable: boolean): void {
    this.databaseWritable.set(writable ? 1 : 0);
  }

  /** @param loadedAt ms since the epoch. */
  rulesLoaded(rules: number, loadedAt: number): void {
    this.reloadSuccessful.set(1);
    this.reloadSucceededAt.set(loadedAt / 1000);
    this.rulesInForce.set(rules);
  }

  /** Drops the series of rules and channels that are not in force, so that reloads don't add to them without end. */
  async keepOnly(rules: ReadonlySet<string>, channels: ReadonlySet<string>): Promise<void> {
    for (const { labels } of (await this.decisions.get()).values)
      if (!rules.has(String(labels.rule))) this.decisions.remove(labels);
    for (const { labels } of (await this.evictedKeys.get()).values)
      if (!rules.has(String(labels.rule))) this.evictedKeys.remove(labels);
    for (const { labels } of (await this.attempts.get()).values)
      if (!channels.has(String(labels.channel))) this.attempts.remove(labels);
  }

  reloadFailed(): void {
    this.reloadSuccessful.set(0);
  }

  private counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({
      name: `alert_router_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
    });
  }

  private gauge(name: string, help: string): Gauge {
    return new Gauge({ name: `alert_router_${name}`, help, registers: [this.registry] });
  }
}
