import { Inject, Injectable, Logger } from '@nestjs/common';
import { sql, type Kysely } from 'kysely';
import { Clock, Timer } from '../../domain/clock.js';
import { Repeating } from '../../app/repeating.js';
import { DatabaseClock } from './database-clock.js';
import { databaseNow } from './dialect.js';
import type { Database } from './schema.js';

/** How often the database is asked for its time, in ms. */
const everyMs = 5_000;

/** The clock of a database that replicas share, which has been asked once. */
export async function openDatabaseClock(db: Kysely<Database>): Promise<DatabaseClock> {
  const read = async (): Promise<number> => {
    const { rows } = await sql<{ now: number }>`select ${databaseNow(db)} as now`.execute(db);
    return rows[0]?.now as number;
  };
  const clock = new DatabaseClock(read, () => performance.now(), Date.now());
  try {
    await clock.measure();
  } catch (error) {
    new Logger(DatabaseClock.name).warn(
      `the database's clock could not be read; until it can, the process's own is used: ${String(error)}`,
    );
  }
  return clock;
}

/** Asks the database for its time again and again. */
@Injectable()
export class ClockReader extends Repeating {
  private readonly logger = new Logger(ClockReader.name);

  constructor(
    @Inject(Clock) private readonly clock: DatabaseClock,
    timer: Timer,
  ) {
    super(timer);
  }

  protected override async step(): Promise<number> {
    try {
      await this.clock.measure();
    } catch (error) {
      this.logger.debug(`the database's clock could not be read: ${String(error)}`);
    }
    return everyMs;
  }
}
