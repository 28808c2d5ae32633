import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Kysely } from 'kysely';
import { Settings } from '../config/settings.js';
import { Clock } from '../domain/clock.js';
import { parseDuration } from '../domain/duration.js';
import { Timer } from '../domain/timer.js';
import { pruneWindows } from './prune-windows.js';
import { pruneBite } from './prune.js';
import type { Database } from './schema.js';

const everyMs = 60_000;
/** Between two bites other work gets its turn at the database. */
const betweenBitesMs = 50;

/** Deletes in small bites what has served its time. */
@Injectable()
export class Retention implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Retention.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    @Inject(Kysely) private readonly db: Kysely<Database>,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly timer: Timer,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const more = await this.prune();
      await this.timer.wait(more ? betweenBitesMs : everyMs, signal);
    }
  }

  private async prune(): Promise<boolean> {
    const now = this.clock.now();
    const ago = (duration: string) => now - (parseDuration(duration) as number);
    try {
      const more = await pruneWindows(this.db, now);
      const rest = await pruneBite(this.db, {
        seenEvents: ago(this.settings.DEDUPE_FOR),
        delivered: ago(this.settings.KEEP_DELIVERED_FOR),
        dead: ago(this.settings.KEEP_DEAD_FOR),
      });
      return more || rest;
    } catch (error) {
      this.logger.warn(`pruning failed and is tried again in a minute: ${String(error)}`);
      return false;
    }
  }
}
