import { Global, Module } from '@nestjs/common';
import { Clock } from '../domain/clock.js';
import { Ids } from '../domain/stores.js';
import { Timer } from '../domain/timer.js';
import { SystemClock } from './system-clock.js';
import { SystemTimer } from './system-timer.js';
import { TimeOrderedIds } from './time-ordered-ids.js';

/** The time and the ids, which every part takes from here so that a test can give its own. */
@Global()
@Module({
  providers: [
    { provide: Clock, useClass: SystemClock },
    { provide: Timer, useClass: SystemTimer },
    { provide: Ids, useClass: TimeOrderedIds },
  ],
  exports: [Clock, Timer, Ids],
})
export class SystemModule {}
