/** Posts the messages of one channel, as a {@link ChannelWorker} does. */
export interface Worker {
  start(): void;
  wake(): void;
  lookAgain(): void;
  stop(): Promise<void>;
}

/** One worker for each channel that has something to post, or had and may have again. */
export class ChannelWorkers {
  private readonly workers = new Map<string, Worker>();

  constructor(private readonly make: (channel: string) => Worker) {}

  get channels(): readonly string[] {
    return [...this.workers.keys()];
  }

  wake(channels: Iterable<string>): void {
    for (const channel of channels) {
      const worker = this.workers.get(channel) ?? this.make(channel);
      this.workers.set(channel, worker);
      worker.start();
      worker.wake();
    }
  }

  lookAgain(): void {
    for (const worker of this.workers.values()) worker.lookAgain();
  }

  /**
   * Ends the workers of all channels but those to keep, and says of which. A worker that is ending stays the only one of
   * its channel, so that nothing is posted twice.
   */
  async retire(isKept: (channel: string) => boolean): Promise<readonly string[]> {
    const gone = [...this.workers].filter(([channel]) => !isKept(channel));
    await Promise.all(gone.map(([, worker]) => worker.stop()));
    for (const [channel] of gone) this.workers.delete(channel);
    return gone.map(([channel]) => channel);
  }

  /** Resolves when the posts in flight have ended. */
  async stop(): Promise<void> {
    await Promise.all([...this.workers.values()].map((worker) => worker.stop()));
  }
}
