import { Injectable } from '@nestjs/common';

/** Tells whoever can fetch events again that some may not have arrived. */
@Injectable()
export class Gaps {
  private readonly listeners: (() => void)[] = [];

  onGap(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** None arrived for as long as the heartbeat allows, they arrive again, or a batch could not be stored. */
  occurred(): void {
    for (const listener of this.listeners) listener();
  }
}
