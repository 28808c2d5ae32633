import { Injectable, Logger } from '@nestjs/common';
import { Timer } from '../domain/clock.js';
import { Bus } from '../storage/database/bus.js';
import { DeliveryQueue } from '../storage/outbox/delivery-queue.js';
import { Outage } from '../app/outage.js';
import { Repeating } from '../app/repeating.js';
import { Deliverer } from './deliverer.js';

const sweepEveryMs = 5_000;

/**
 * Finds out which channels have something waiting: what another replica says, and every few seconds what the database
 * says, because that replica may have died before it could say anything.
 */
@Injectable()
export class WaitingChannels extends Repeating {
  private readonly outage = new Outage(
    new Logger(WaitingChannels.name),
    'the channels with something waiting could not be read, which is tried again every few seconds',
    'the channels with something waiting are read again',
  );

  constructor(
    private readonly bus: Bus,
    private readonly queue: DeliveryQueue,
    private readonly deliverer: Deliverer,
    timer: Timer,
  ) {
    super(timer);
  }

  override onApplicationBootstrap(): void {
    this.bus.subscribe('deliveries', async (channel) => {
      if (channel === undefined) await this.sweep();
      else this.deliverer.wakeHere([channel]);
    });
    super.onApplicationBootstrap();
  }

  protected override async step(): Promise<number> {
    await this.sweep();
    return sweepEveryMs;
  }

  private async sweep(): Promise<void> {
    try {
      const channels = await this.queue.channels();
      this.deliverer.wakeHere(channels);
      await this.deliverer.retire(new Set(channels));
      this.outage.worked();
    } catch (error) {
      this.outage.failed(error);
    }
  }
}
