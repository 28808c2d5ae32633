import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../domain/clock.js';
import type { Notice } from '../domain/alerting/message.js';
import { Ids, Transactions, type Outbox } from '../domain/stores.js';
import { utcTime } from '../domain/duration.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import type { Problem } from '../rules/problem.js';
import { Deliverer } from '../delivery/deliverer.js';

/** How many problems of a rules file a notice quotes. */
const problemsQuoted = 5;

/** Puts the router's own warnings into the outbox, for the channel that the rules name under `ops`. */
@Injectable()
export class OpsNotices implements OnApplicationBootstrap {
  private readonly logger = new Logger(OpsNotices.name);

  constructor(
    private readonly rules: CurrentRules,
    private readonly transactions: Transactions,
    private readonly deliverer: Deliverer,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  onApplicationBootstrap(): void {
    this.rules.onFailure((problems) => this.raise(rulesNotice(problems)));
    this.rules.onMended((failedSince) => this.raise(this.mendedNotice(failedSince)));
  }

  private mendedNotice(failedSince: number): Omit<Notice, 'at'> {
    const { rules } = this.rules.current;
    return {
      severity: 'info',
      title: 'The rules file is valid again',
      detail: `It was not since ${utcTime(failedSince)}. ${rules.length === 1 ? '1 rule is' : `${rules.length} rules are`} in force.`,
    };
  }

  /** Never fails: a warning that can't be stored is logged instead. */
  async raise(notice: Omit<Notice, 'at'>): Promise<void> {
    const channel = this.rules.current.opsChannel;
    if (channel === undefined) {
      this.logger.warn(`${notice.title}: ${notice.detail}`);
      return;
    }
    try {
      await this.post(channel, notice);
    } catch (error) {
      this.logger.error(`a notice could not be stored: ${notice.title}: ${notice.detail}: ${String(error)}`);
    }
  }

  /**
   * Adds a notice in a transaction of the caller's, who wakes the channels that this returns once it is committed.
   * Without a channel for warnings it is logged.
   */
  async add(outbox: Outbox, notice: Omit<Notice, 'at'>): Promise<readonly string[]> {
    const channel = this.rules.current.opsChannel;
    if (channel === undefined) {
      this.logger.warn(`${notice.title}: ${notice.detail}`);
      return [];
    }
    const now = this.clock.now();
    await outbox.add([{ id: this.ids.next(), channel, notice: { ...notice, at: now } }], [], now);
    return [channel];
  }

  /** Puts a notice into a channel's queue and returns the delivery's id. */
  async post(channel: string, notice: Omit<Notice, 'at'>): Promise<string> {
    const now = this.clock.now();
    const id = this.ids.next();
    await this.transactions.run(({ outbox }) =>
      outbox.add([{ id, channel, notice: { ...notice, at: now } }], [], now),
    );
    this.deliverer.wake([channel]);
    return id;
  }
}

function rulesNotice(problems: readonly Problem[]): Omit<Notice, 'at'> {
  const quoted = problems
    .slice(0, problemsQuoted)
    .map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
  const more = problems.length > problemsQuoted ? [`and ${problems.length - problemsQuoted} more`] : [];
  return {
    severity: 'high',
    title: 'The rules file is not valid; the rules in force stay as they are',
    detail: [...quoted, ...more].join('\n'),
  };
}
