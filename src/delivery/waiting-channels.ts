import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Timer } from '../domain/timer.js';
import { Bus } from '../storage/bus.js';
import { DeliveryQueue } from '../storage/delivery-queue.js';
import { Deliverer } from './deliverer.js';

const sweepEveryMs = 5_000;

/**
 * Finds out which channels have something waiting: what another replica says, and every few seconds what the database
 * says, because that replica may have died before it could say anything.
 */
@Injectable()
export class WaitingChannels implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WaitingChannels.name);
  private readonly stopping = new AbortController();
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly queue: DeliveryQueue,
    private readonly deliverer: Deliverer,
    private readonly timer: Timer,
  ) {}

  onApplicationBootstrap(): void {
    this.bus.subscribe('deliveries', async (channel) => {
      if (channel === undefined) await this.sweep();
      else this.deliverer.wakeHere([channel]);
    });
    this.sweeping = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.sweeping;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.sweep();
      await this.timer.wait(sweepEveryMs, signal);
    }
  }

  private async sweep(): Promise<void> {
    try {
      this.deliverer.wakeHere(await this.queue.channels());
    } catch (error) {
      this.logger.debug(`the channels with something waiting could not be read: ${String(error)}`);
    }
  }
}
