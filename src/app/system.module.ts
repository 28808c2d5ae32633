import { Global, Module } from '@nestjs/common';
import { Ids } from '../domain/stores.js';
import { Timer } from '../domain/clock.js';
import { SystemTimer } from './system-time.js';
import { TimeOrderedIds } from './time-ordered-ids.js';

/** Waits and ids, which every part takes from here so that a test can give its own. The clock comes with the database. */
@Global()
@Module({
  providers: [
    { provide: Timer, useClass: SystemTimer },
    { provide: Ids, useClass: TimeOrderedIds },
  ],
  exports: [Timer, Ids],
})
export class SystemModule {}
