import {
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Kysely } from 'kysely';
import { Clock, Timer } from '../../domain/clock.js';
import { SystemClock } from '../../app/system-time.js';
import { Bus, LocalBus } from './bus.js';
import type { ConnectedDatabase } from './connect-database.js';
import { ClockReader, openDatabaseClock } from './clock-reader.js';
import { isPostgres } from './dialect.js';
import { PostgresBus } from './postgres-bus.js';
import { QueryWatch } from './query-watch.js';

const CONNECTED = Symbol('the connected database');

@Injectable()
class DatabaseLifetime implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(CONNECTED) private readonly database: ConnectedDatabase,
    private readonly bus: Bus,
  ) {}

  onApplicationBootstrap(): void {
    this.bus.start();
  }

  /** Comes after the workers have stopped, so that nothing is cut off. */
  async onApplicationShutdown(): Promise<void> {
    await this.bus.close();
    await this.database.close();
  }
}

/**
 * The database that the start has connected, the bus to the other replicas on it, and the clock: the database's where
 * replicas share it, else the process's own.
 */
@Module({})
export class DatabaseModule {
  static with(database: ConnectedDatabase): DynamicModule {
    const shared = isPostgres(database.db);
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        { provide: CONNECTED, useValue: database },
        { provide: Kysely, useValue: database.db },
        { provide: QueryWatch, useValue: database.queries },
        {
          provide: Bus,
          inject: [Timer],
          useFactory: (timer: Timer): Bus => (shared ? new PostgresBus(database, timer) : new LocalBus()),
        },
        {
          provide: Clock,
          useFactory: (): Clock | Promise<Clock> =>
            shared ? openDatabaseClock(database.db) : new SystemClock(),
        },
        ...(shared ? [ClockReader] : []),
        DatabaseLifetime,
      ],
      exports: [Kysely, QueryWatch, Bus, Clock],
    };
  }
}
