import { Agent } from 'node:http';
import { post } from './post.js';
import { bodyOf, EventText } from './workload/event-text.js';
import { background } from './workload/events.js';

export interface SentEvent {
  readonly user: string;
  /** In ms since the epoch. */
  readonly at: number;
}

/** All senders together have sent so many events. */
let sent = 0;

/** Sends batches of failed logins from one address, over one connection. */
export class Sender {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private readonly text = new EventText({ ...background(0), type: 'fp' });

  constructor(
    private readonly url: string,
    readonly address: string,
  ) {}

  /**
   * Resolves when the batch is stored.
   *
   * @throws Error when it is not taken
   */
  async send(events: readonly SentEvent[]): Promise<void> {
    const texts = events.map(({ user, at }) => {
      sent += 1;
      return this.text.with({ id: `sent-${sent}`, user, ip: this.address, at });
    });
    const status = await post(this.url, bodyOf(texts), this.agent);
    if (status !== 200) throw new Error(`a batch was answered with ${status}`);
  }

  close(): void {
    this.agent.destroy();
  }
}
