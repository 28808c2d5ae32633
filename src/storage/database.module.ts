import {
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Kysely } from 'kysely';
import { Timer } from '../domain/timer.js';
import { Bus, LocalBus } from './bus.js';
import type { ConnectedDatabase } from './connect-database.js';
import { isPostgres } from './dialect.js';
import { PostgresBus } from './postgres-bus.js';

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

/** The database that the start has connected, and the bus to the other replicas on it. */
@Module({})
export class DatabaseModule {
  static with(database: ConnectedDatabase): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        { provide: CONNECTED, useValue: database },
        { provide: Kysely, useValue: database.db },
        {
          provide: Bus,
          inject: [Timer],
          useFactory: (timer: Timer): Bus =>
            isPostgres(database.db) ? new PostgresBus(database, timer) : new LocalBus(),
        },
        DatabaseLifetime,
      ],
      exports: [Kysely, Bus],
    };
  }
}
