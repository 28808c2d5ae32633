import type { Kysely } from 'kysely';
import { BudgetTurns } from '../../src/delivery/budget-turns.js';
import { SoleReplicaLeases } from '../../src/delivery/channel-lease.js';
import { ChannelWorker } from '../../src/delivery/channel-worker.js';
import { Attempts } from '../../src/delivery/attempts.js';
import { DeliveryLog } from '../../src/delivery/delivery-log.js';
import type { DeliveryRules } from '../../src/delivery/delivery-rules.js';
import type { Severity } from '../../src/domain/alert.js';
import { defaultRetryPolicy } from '../../src/domain/alerting/retry-policy.js';
import { migrate } from '../../src/storage/database/migrate.js';
import { openDatabase } from '../../src/storage/database/open-database.js';
import type { Pace } from '../../src/storage/outbox/delivery-queue.js';
import { OutboxStore } from '../../src/storage/outbox/outbox-store.js';
import type { Database } from '../../src/storage/database/schema.js';
import { alertContent, newAlert } from './alerts.js';
import { CountingIds } from './counting-ids.js';
import { FakeClock } from './fake-clock.js';
import { FakeTimer } from './fake-timer.js';
import { ScriptedPoster } from './scripted-poster.js';
import { UnreliableQueue } from './unreliable-queue.js';

/** Workers on an outbox in memory, with a poster, a clock and a timer that a test plays. Backoff takes half its time. */
export class DeliveryBench {
  readonly clock = new FakeClock();
  readonly timer = new FakeTimer(this.clock);
  readonly poster = new ScriptedPoster(this.clock);
  readonly queue: UnreliableQueue;
  readonly errors: string[] = [];
  readonly steps: string[] = [];
  /** What was logged of attempts. */
  readonly lines: string[] = [];
  /** What was logged of deliveries that went well. */
  readonly quietLines: string[] = [];
  opsChannel: string | undefined = 'ops';
  opsFallback: string | undefined;
  pace: Pace | undefined;
  botChannels: readonly string[] = [];
  private readonly ids = new CountingIds();
  private readonly workers = new Map<string, ChannelWorker>();
  private readonly rules: DeliveryRules = {
    paceOf: () => this.pace,
    botChannels: () => this.botChannels,
    opsChannel: () => this.opsChannel,
    opsFallback: () => this.opsFallback,
  };
  private readonly log = new DeliveryLog(
    {
      log: (line) => void this.quietLines.push(line),
      warn: (line) => void this.lines.push(`warn ${line}`),
      error: (line) => void this.lines.push(`error ${line}`),
    },
    this.clock,
    (id, most) => this.queue.alertsOf(id, most),
  );
  private readonly turns = new BudgetTurns();
  private readonly startedAt = this.clock.now();

  private constructor(private readonly db: Kysely<Database>) {
    this.queue = new UnreliableQueue(db);
  }

  static async open(): Promise<DeliveryBench> {
    const db = openDatabase('sqlite::memory:');
    await migrate(db);
    return new DeliveryBench(db);
  }

  async close(): Promise<void> {
    for (const worker of this.workers.values()) await worker.stop();
    await this.db.destroy();
  }

  /** The worker of a channel, not yet started. */
  worker(channel: string): ChannelWorker {
    const known = this.workers.get(channel);
    if (known !== undefined) return known;
    const worker = new ChannelWorker(channel, {
      queue: this.queue,
      leases: new SoleReplicaLeases(),
      turns: this.turns,
      attempts: new Attempts(this.poster, this.rules, this.ids, defaultRetryPolicy, () => 0.5),
      rules: this.rules,
      clock: this.clock,
      timer: this.timer,
      reports: {
        settled: (delivery, settlement) => {
          this.steps.push(`${delivery.channel}: ${settlement.step.kind}`);
          return this.log.attempted(delivery, settlement);
        },
        wake: (other) => this.workers.get(other)?.wake(),
        failed: (error) => void this.errors.push(String(error)),
      },
    });
    this.workers.set(channel, worker);
    return worker;
  }

  /** Starts workers, and resolves when all of them sleep. */
  async start(...channels: readonly string[]): Promise<void> {
    for (const channel of channels) this.worker(channel).start();
    await this.timer.asleep(channels.length);
  }

  /** Puts one message with one alert for each title into a channel's queue, and wakes nobody. */
  async add(
    channel: string,
    titles: readonly string[],
    at = this.clock.now(),
    severity: Severity = 'high',
  ): Promise<void> {
    for (const title of titles) {
      const id = this.ids.next();
      const alert = newAlert(this.ids.next(), id, {
        channel,
        severity,
        content: alertContent(title, { severity }),
      });
      await new OutboxStore(this.db).add([{ id, channel, severity }], [alert], at);
    }
  }

  /** Puts a notice of the router's own into a channel's queue, and wakes nobody. */
  async addNotice(channel: string, title: string): Promise<void> {
    const at = this.clock.now();
    const notice = { severity: 'high' as const, title, detail: '', at };
    await new OutboxStore(this.db).add([{ id: this.ids.next(), channel, notice }], [], at);
  }

  /** What was posted where, when (in seconds since the beginning), and whether as plain text. */
  get posted(): string[] {
    return this.poster.posts.map(({ channel, titles, form, at }) => {
      const seconds = (at - this.startedAt) / 1000;
      return `${seconds} s ${channel}: ${titles.join(', ')}${form === 'plain' ? ' (plain)' : ''}`;
    });
  }

  /** Every message of the outbox, oldest first. */
  async outbox(): Promise<string[]> {
    const rows = await this.db.selectFrom('deliveries').selectAll().orderBy('id').execute();
    return rows.map(({ channel, status, attempts, notice }) => {
      return `${channel}: ${status} after ${attempts}${notice === null ? '' : ' (notice)'}`;
    });
  }
}
